import type { Settings, ShelfAnswer, ShelfRequest } from '../index.ts'
import { openRecommender } from './open-recommender.ts'
import type { Options } from './options.ts'

/** What a first visit would get: from a second instance, without a log, that ends with its answer. */
export async function askAsStranger(
  request: ShelfRequest,
  { options, settings }: { readonly options: Options; readonly settings: () => Partial<Settings> },
): Promise<ShelfAnswer> {
  const stranger = await openRecommender(options, { consent: 'unknown', settings })
  try {
    return await stranger.recommend(request)
  } finally {
    stranger.close()
  }
}
