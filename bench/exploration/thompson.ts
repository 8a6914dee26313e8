import { normal, type Random } from '../../src/core/random.ts'

/** What is believed of an arm before it is pulled: so many successes, and failures. */
export interface ArmPrior {
  readonly successes: number
  readonly failures: number
}

/** Chances of a success by arm, at each turn. */
export type ArmOdds = (turn: number) => readonly number[]

/**
 * Thompson sampling with Beta posteriors (Thompson, 1933; Chapelle and Li, "An empirical evaluation of Thompson sampling", NIPS
 * 2011): at each turn the arm of the greatest draw. Returns the chance of a success of the arm that was pulled, turn by turn.
 */
export function thompson(odds: ArmOdds, priors: readonly ArmPrior[], turns: number, random: Random): Float64Array {
  const successes = priors.map((prior) => prior.successes)
  const failures = priors.map((prior) => prior.failures)
  return Float64Array.from({ length: turns }, (_, turn) => {
    let [arm, most] = [0, -1]
    for (let a = 0; a < priors.length; a++) {
      const draw = beta(random, successes[a]!, failures[a]!)
      if (draw > most) [arm, most] = [a, draw]
    }
    const chance = odds(turn)[arm]!
    if (random() < chance) successes[arm]!++
    else failures[arm]!++
    return chance
  })
}

export function beta(random: Random, a: number, b: number): number {
  const x = gamma(random, a)
  return x / (x + gamma(random, b))
}

/** A draw of Gamma(shape, 1), shape > 0 (Marsaglia and Tsang, "A simple method for generating gamma variables", 2000). */
function gamma(random: Random, shape: number): number {
  if (shape < 1) return gamma(random, shape + 1) * (1 - random()) ** (1 / shape)
  const d = shape - 1 / 3
  const c = 1 / Math.sqrt(9 * d)
  for (;;) {
    const x = normal(random)
    const v = (1 + c * x) ** 3
    if (v > 0 && Math.log(1 - random()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v
  }
}
