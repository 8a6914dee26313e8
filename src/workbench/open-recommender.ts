import { createRecommender, type Recommender, type RecommenderOptions, type Settings } from '../index.ts'
import type { Options } from './options.ts'
import { withOwnPages } from './own-pages.ts'
import { withSettings } from './with-settings.ts'
import { workerFiles } from './worker-files.ts'

/** The recommender of the shop that the workbench shows. */
export async function openRecommender(
  { bundle, scorer, sample }: Pick<Options, 'bundle' | 'scorer' | 'sample'>,
  {
    settings,
    ...rest
  }: Pick<RecommenderOptions, 'consent' | 'worker'> & { readonly settings: () => Partial<Settings> },
): Promise<Recommender> {
  const recommender = await createRecommender({ bundle, scorer, ...workerFiles, ...rest })
  const tuned = withSettings(recommender, settings)
  return sample ? tuned : withOwnPages(tuned, bundle)
}
