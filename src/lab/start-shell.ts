import { noFaults, type Faults, type ShellAnswer, type ShellReport, type ShellRequest } from './shell-api.ts'

/** The recommender's worker inside of a shell that can make things go wrong. */
export interface Shell {
  /** What `createRecommender` takes as its `worker`: starts one, and again after each that died. */
  readonly start: () => Promise<Worker>
  /** How many were started so far. */
  readonly starts: () => number
  readonly faults: () => Faults
  setFaults(change: Partial<Faults>): void
  /** Loses every GPU device that the worker holds. */
  loseGpu(): void
  /** Ends the worker without a word, as a browser does that needs memory. */
  kill(): void
  /** What the present worker has fetched; undefined while none runs. */
  report(): Promise<ShellReport | undefined>
}

export interface ShellOptions {
  /** URL of the worker's file, relative to the page. */
  readonly worker: string | URL
  /** Files that answer in place of the network, by absolute URL. */
  readonly files?: ReadonlyMap<string, Uint8Array<ArrayBuffer>>
}

/** A shell of the worker's file; nothing is started yet. */
export function createShell({ worker, files = new Map() }: ShellOptions): Shell {
  let faults = noFaults
  let starts = 0
  let current: Worker | undefined
  const send = (to: Worker | undefined, request: ShellRequest) => to?.postMessage(request)

  return {
    async start() {
      const started = new Worker(new URL('./shell.worker.ts', import.meta.url), { type: 'module' })
      starts++
      current = started
      const ready = answerOf(started, ['ready', 'failed'])
      send(started, { shell: 'start', worker: new URL(worker, document.baseURI).href, faults, files })
      const answer = await ready
      if (answer.shell === 'failed') throw new Error(answer.reason)
      return started
    },
    starts: () => starts,
    faults: () => faults,
    setFaults(change) {
      faults = { ...faults, ...change }
      send(current, { shell: 'faults', faults })
    },
    loseGpu: () => send(current, { shell: 'lose-gpu' }),
    kill: () => current?.terminate(),
    async report() {
      if (!current) return undefined
      const answer = answerOf(current, ['report'])
      send(current, { shell: 'report' })
      // A worker that was ended never answers.
      const found = await Promise.race([answer, new Promise<undefined>((resolve) => setTimeout(resolve, 1000))])
      return found?.shell === 'report' ? found : undefined
    },
  }
}

/** The next answer of one of these kinds; rejects when the worker cannot be loaded. */
function answerOf(worker: Worker, kinds: readonly ShellAnswer['shell'][]): Promise<ShellAnswer> {
  return new Promise((resolve, reject) => {
    const end = new AbortController()
    const { signal } = end
    worker.addEventListener(
      'message',
      ({ data }: MessageEvent<Partial<ShellAnswer> | undefined>) => {
        if (!data?.shell || !kinds.includes(data.shell)) return
        end.abort()
        resolve(data as ShellAnswer)
      },
      { signal },
    )
    worker.addEventListener('error', () => (end.abort(), reject(new Error('the worker could not be loaded'))), {
      signal,
    })
  })
}
