import { createRecommender, type Recommender, type RecommenderOptions } from './recommender.ts'
import { withLiveCards } from './worker-client/live-cards.ts'
import { startWorker } from './worker-client/start-worker.ts'

/** A recommender whose worker can be reached: for the workbench and for tests, never for a shop. */
export interface InspectedRecommender {
  readonly recommender: Recommender
  /** How many workers have been started so far: 1, and one more for each that died. */
  readonly starts: () => number
  /** Ends the worker as a browser does that needs memory: without a word. */
  readonly killWorker: () => void
  /** Sends the worker a raw message, and resolves with its answer to it, if there is one. */
  readonly send: (message: { readonly id: string }) => Promise<unknown>
}

export interface InspectOptions extends Omit<RecommenderOptions, 'worker'> {
  /** URL of the worker's file; as in `createRecommender`. */
  readonly worker?: string | URL
}

/** As `createRecommender`, with a hand on the worker. */
export async function inspectRecommender(options: InspectOptions): Promise<InspectedRecommender> {
  const { worker = new URL('./windowshop.worker.js', import.meta.url), integrity } = options
  let starts = 0
  let current: Worker | undefined
  const start = async () => {
    starts++
    return (current = await startWorker({ url: new URL(worker, document.baseURI).href, integrity }))
  }
  const recommender = await createRecommender({ live: withLiveCards, ...options, worker: start })
  return {
    recommender,
    starts: () => starts,
    killWorker: () => current?.terminate(),
    send: (message) =>
      new Promise((resolve) => {
        const worker = current
        worker?.addEventListener('message', function answered({ data }: MessageEvent<{ id?: string } | undefined>) {
          if (data?.id !== message.id) return
          worker.removeEventListener('message', answered)
          resolve(data)
        })
        worker?.postMessage(message)
      }),
  }
}
