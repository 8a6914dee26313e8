import type { Recommender, Settings, ShelfRequest } from '../index.ts'

/** A recommender whose requests all carry settings that may change; what a request says itself goes before them. */
export function withSettings(recommender: Recommender, settings: () => Partial<Settings>): Recommender {
  const tuned = (request: ShelfRequest): ShelfRequest => ({
    ...request,
    settings: { ...settings(), ...request.settings },
  })
  return {
    ...recommender,
    recommend: (request) => recommender.recommend(tuned(request)),
    page: (requests) => recommender.page(requests.map(tuned)),
    watch: (request, listener, options) => recommender.watch(tuned(request), listener, options),
  }
}
