import type { Bundle } from '../bundle/bundle.ts'
import type { Boosts } from './rules/shelf-rules.ts'

export type PriorName = Bundle['manifest']['priors'][number]
export type PriorWeights = Readonly<Partial<Record<PriorName, number>>>

const kept = 16
const biasesOf = new WeakMap<Bundle, Map<string, Float32Array<ArrayBuffer>>>()

/**
 * One float per row: the weighted sum of the prior columns, and what rules add. The same weights and boosts give the same
 * array, as scorers cache a bias by identity; undefined when there is nothing to add.
 */
export function priorBias(
  bundle: Bundle,
  weights: PriorWeights,
  boosts?: Boosts,
): Float32Array<ArrayBuffer> | undefined {
  const { priors, table } = bundle
  const names = bundle.manifest.priors
  const factors = names.map((name) => (weights[name] ?? 0) / 255)
  if (!boosts && factors.every((factor) => factor === 0)) return undefined
  const biases = biasesOf.get(bundle) ?? new Map<string, Float32Array<ArrayBuffer>>()
  biasesOf.set(bundle, biases)
  const key = [...factors, boosts?.key].join()
  const bias = biases.get(key) ?? new Float32Array(table.items)
  if (!biases.has(key)) {
    for (let row = 0; row < table.items; row++) {
      let sum = 0
      for (let p = 0; p < names.length; p++) sum += factors[p]! * priors[row * names.length + p]!
      bias[row] = sum
    }
    boosts?.addTo(bias)
    if (biases.size === kept) biases.delete(biases.keys().next().value!)
  } else {
    biases.delete(key)
  }
  biases.set(key, bias)
  return bias
}

/** What each prior gives to a row. */
export function priorContributions(
  bundle: Bundle,
  weights: PriorWeights,
  row: number,
): { name: PriorName; contribution: number }[] {
  const names = bundle.manifest.priors
  return names.flatMap((name, p) => {
    const contribution = ((weights[name] ?? 0) / 255) * bundle.priors[row * names.length + p]!
    return contribution === 0 ? [] : [{ name, contribution }]
  })
}
