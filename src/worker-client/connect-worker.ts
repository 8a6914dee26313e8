import { WindowshopError, type ErrorCode } from '../errors.ts'
import type { ChangeNotice, WireError, WorkerApi } from '../protocol.ts'

export interface ConnectOptions {
  readonly start: () => Worker | Promise<Worker>
  /** What every worker is told before anything else: the first one, and each that replaces a dead one. */
  readonly greet: () => readonly Greeting[]
  readonly notice: (notice: ChangeNotice) => void
}

type Greeting = { [K in keyof WorkerApi]: readonly [K, ...Parameters<WorkerApi[K]>] }[keyof WorkerApi]

/** Calls a method of the worker, or of the next one; settles within 5 s, with its value or a coded error. */
export type WorkerCall = <K extends keyof WorkerApi>(
  method: K,
  ...values: Parameters<WorkerApi[K]>
) => Promise<Awaited<ReturnType<WorkerApi[K]>>>

export interface Connection {
  readonly call: WorkerCall
  close(): void
}

/** An answer in Comlink's form, errors as our transfer handler writes them. */
type Answer =
  | { readonly id: string; readonly type: 'RAW'; readonly value: unknown }
  | { readonly id: string; readonly type: 'HANDLER'; readonly name: 'throw'; readonly value: WireError }
/** What the worker says. */
type Message = Answer | (ChangeNotice & { readonly id?: undefined })

interface Life {
  readonly worker: Promise<Worker>
  /** Calls under way, by id: told the answer, or that there will be none. */
  readonly pending: Map<string, (answer?: Answer) => void>
  /** Counts the worker's silence for as long as calls are under way. */
  watch(): void
  end(): void
}

const deadlineMs = 5000
const tickMs = 500
/**
 * A worker that is silent for two ticks is asked whether it is there; two more, and it is dead. Each successor gets twice as
 * long: a large bundle on a slow device keeps a worker busy, too.
 */
const askAfter = 2
const deadAfter = 4
const maxDeaths = 5
/** What is asked once more of the worker that takes over: the log knows events by their ids, and lists change nothing. */
const repeatable = /^(track|page|rerank)$/

/**
 * Keeps a worker alive and speaks Comlink's protocol with it: calls with plain arguments are all that the worker lets
 * through, so Comlink itself may stay there. A terminated or hanging worker sends no event; while calls wait, its silence is
 * counted in ticks (which stop with a frozen page, as clocks do not), and it is replaced, at most five times.
 */
export function connectWorker({ start, greet, notice }: ConnectOptions): Connection {
  let deaths = 0
  let calls = 0
  let ended: ErrorCode | undefined
  let life = begin()

  function begin(): Life {
    let silence = 0
    let heard = false
    const pending: Life['pending'] = new Map()
    const die = () => {
      if (!ended && self === life) {
        if (++deaths > maxDeaths) ended = 'worker-failed'
        else life = begin()
      }
      self.end()
    }
    let clock: ReturnType<typeof setInterval> | undefined
    const tick = () => {
      if (pending.size === 0) clock = void clearInterval(clock)
      else if (heard && ++silence === askAfter) call('status').catch(() => {})
      else if (silence >= deadAfter << deaths) die()
    }
    const worker = (async () => {
      const started = await start()
      started.onmessage = ({ data }: MessageEvent<Message | undefined>) => {
        heard = true
        silence = 0
        if (data?.id === undefined) return data && notice(data)
        pending.get(data.id)?.(data)
      }
      started.onerror = (event) => {
        event.preventDefault()
        // One that speaks has only failed at something; one that never spoke could not be loaded.
        if (!heard) die()
      }
      for (const [method, ...values] of greet()) post(started, { id: 'greeting', method, values })
      return started
    })()
    const self: Life = {
      worker,
      pending,
      watch() {
        if (!clock) silence = 0
        clock ??= setInterval(tick, tickMs)
      },
      end() {
        clearInterval(clock)
        worker.then(
          (started) => started.terminate(),
          () => {},
        )
        for (const answered of pending.values()) answered()
      },
    }
    worker.catch(die)
    return self
  }

  const call: WorkerCall = (method, ...values) =>
    new Promise((resolve, reject) => {
      const id = `${++calls}`
      let repeats = repeatable.test(method)
      const timer = setTimeout(fail, deadlineMs, new WindowshopError('timeout', { where: method }))
      send()

      function send(): void {
        if (ended) return fail(new WindowshopError(ended))
        const own = life
        own.pending.set(id, answered)
        own.watch()
        // What cannot be cloned is refused here; a worker that cannot be started is replaced.
        own.worker
          .then((started) => post(started, { id, method, values }))
          .catch((error: unknown) => own === life && fail(error))
      }

      function answered(answer?: Answer): void {
        if (!answer && repeats) {
          repeats = false
          return send()
        }
        if (!answer) return fail(new WindowshopError(ended ?? 'worker-failed'))
        if (answer.type !== 'RAW') return fail(new WindowshopError(answer.value.code, answer.value.details))
        settle()
        resolve(answer.value as never)
      }

      function fail(error: unknown): void {
        settle()
        reject(error)
      }

      function settle(): void {
        clearTimeout(timer)
        life.pending.delete(id)
      }
    })

  return {
    call,
    close() {
      ended ??= 'closed'
      life.end()
    },
  }
}

interface Outgoing {
  readonly id: string
  readonly method: string
  readonly values: readonly unknown[]
}

function post(worker: Worker, { id, method, values }: Outgoing): void {
  const argumentList = values.map((value) => ({ type: 'RAW', value }))
  worker.postMessage({ id, type: 'APPLY', path: [method], argumentList })
}
