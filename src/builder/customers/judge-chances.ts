import { bootstrapMeans, meanOf } from '../evaluate/bootstrap.ts'
import type { Estimate } from '../evaluate/judge.ts'
import { areaUnderCurve } from '../evaluate/metrics.ts'

export interface ChanceQuality {
  /** The chance that one who came back was given a higher probability than one who did not; .5 is a guess. */
  readonly auc: number
  /** Mean surprise at what happened, in nats. */
  readonly log_loss: number
  /** By how much probabilities and shares differ, in ten groups of equally many customers by probability: the mean of the differences. */
  readonly calibration_error: number
  /** These groups: mean probability, share of those who came back, customers. */
  readonly groups: readonly { readonly said: number; readonly was: number; readonly customers: number }[]
}

/** Probabilities are kept so far from 0 and 1 when surprise is measured. */
const edge = 1e-6

export function judgeChances(chances: Float64Array, came: readonly boolean[]): ChanceQuality {
  const groups = groupsOf(chances, came)
  return {
    auc: areaUnderCurve(chances, new Set(came.flatMap((is, at) => (is ? [at] : [])))),
    log_loss: meanOf(surprise(chances, came)),
    calibration_error: groups.reduce(
      (sum, { said, was, customers }) => sum + (Math.abs(said - was) * customers) / came.length,
      0,
    ),
    groups,
  }
}

/** By how much the first one's log loss is lower, with the interval of the difference, customer by customer. */
export function chanceGain(
  [own, other]: readonly [Float64Array, Float64Array],
  { came, seed }: { came: readonly boolean[]; seed: number },
): Estimate {
  const [ours, theirs] = [surprise(own, came), surprise(other, came)]
  const gains = ours.map((loss, at) => theirs[at]! - loss)
  const [interval] = bootstrapMeans([gains], { seed })
  return { value: meanOf(gains), interval: interval! }
}

function surprise(chances: Float64Array, came: readonly boolean[]): Float64Array {
  return chances.map((chance, at) => {
    const kept = Math.min(1 - edge, Math.max(edge, chance))
    return -Math.log(came[at] ? kept : 1 - kept)
  })
}

function groupsOf(chances: Float64Array, came: readonly boolean[]): ChanceQuality['groups'] {
  const order = Array.from(chances.keys()).sort((a, b) => chances[a]! - chances[b]! || a - b)
  const count = Math.min(10, order.length)
  return Array.from({ length: count }, (_, group) => {
    const own = order.slice(
      Math.floor((group * order.length) / count),
      Math.floor(((group + 1) * order.length) / count),
    )
    const mean = (of: (at: number) => number) => own.reduce((sum, at) => sum + of(at), 0) / own.length
    return { said: mean((at) => chances[at]!), was: mean((at) => (came[at] ? 1 : 0)), customers: own.length }
  })
}
