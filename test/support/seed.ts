import { createRandom, type Random } from '../../src/core/random.ts'

/** A seeded generator whose seed is printed, so that a failure can be run again: `SEED=123 npm test`. */
export function seededRandom(name: string): Random {
  const wanted = typeof process === 'undefined' ? undefined : process.env?.['SEED']
  const seed = wanted ? Number(wanted) : Math.floor(Math.random() * 2 ** 31)
  console.info(`${name}: SEED=${seed}`)
  return createRandom(seed)
}

/** An integer from `from` to `to`, both included. */
export function between(random: Random, from: number, to: number): number {
  return from + Math.floor(random() * (to - from + 1))
}
