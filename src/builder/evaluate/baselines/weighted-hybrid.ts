import type { Model, ScoringModel } from '../model.ts'

/** A model and its weight in a hybrid. */
export interface Part {
  readonly model: Model<ScoringModel>
  readonly weight: number
}

/** Weighted hybrid (Burke, 2002): the weighted sum of each part's scores divided by the part's highest. */
export function weightedHybrid(parts: readonly Part[]): Model<ScoringModel> {
  return {
    name: 'hybrid',
    async fit(training, options) {
      const fitted: { weight: number; model: ScoringModel }[] = []
      for (const { model, weight } of parts) fitted.push({ weight, model: await model.fit(training, options) })
      const own = new Float64Array(training.items)
      return {
        bytes: fitted.reduce((sum, { model }) => sum + model.bytes, 0),
        score(shopper, scores) {
          scores.fill(0)
          for (const { model, weight } of fitted) {
            model.score(shopper, own)
            const highest = own.reduce((most, score) => Math.max(most, score), 0)
            if (highest === 0) continue
            for (let row = 0; row < own.length; row++) {
              if (own[row] !== -Infinity) scores[row]! += (weight * own[row]!) / highest
            }
          }
        },
      }
    },
  }
}
