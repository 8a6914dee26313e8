import type { Model, ScoringModel } from '../model.ts'
import { contentBased } from './content-based.ts'
import { factorisationMachine } from './factorisation-machine.ts'
import { itemKnn } from './item-knn.ts'
import { markov, markovByPopularity } from './markov.ts'
import { matrixFactorisation } from './matrix-factorisation.ts'
import { mostPopular } from './most-popular.ts'
import { multilayerPerceptron } from './multilayer-perceptron.ts'
import { recentPopular } from './recent-popular.ts'
import { userKnn } from './user-knn.ts'
import { vSknn } from './v-sknn.ts'
import { weightedHybrid } from './weighted-hybrid.ts'

/** The field's classics, those that need what items are (`content`) left out where the data does not say. */
export function baselines({ content }: { readonly content: boolean }): readonly Model<ScoringModel>[] {
  return [
    mostPopular,
    recentPopular,
    markov,
    markovByPopularity,
    itemKnn('cosine'),
    itemKnn('pearson'),
    itemKnn('jaccard'),
    userKnn('cosine'),
    userKnn('pearson'),
    userKnn('jaccard'),
    vSknn,
    matrixFactorisation,
    factorisationMachine,
    multilayerPerceptron,
    ...(content ? [contentBased] : []),
    weightedHybrid([
      { model: itemKnn('cosine'), weight: 1 },
      ...(content ? [{ model: contentBased, weight: 0.3 }] : []),
      { model: recentPopular, weight: 0.1 },
    ]),
  ]
}
