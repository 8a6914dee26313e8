import type { ChanceQuality } from './judge-chances.ts'
import type { ReturnForecast } from './forecast-returns.ts'

/** A forecast for people. */
export function formatReturns({ from, to, method, customers, held_out: held }: ReturnForecast): string {
  const share = (value: number) => `${(100 * value).toFixed(1)} %`
  const count = (n: number) => Math.round(n).toLocaleString('en')
  const expected = customers.reduce((sum, { returns }) => sum + returns, 0)
  const quality = ({ auc, log_loss: loss, calibration_error: error }: ChanceQuality) =>
    `AUC ${auc.toFixed(4)}, log loss ${loss.toFixed(4)}, probabilities off by ${share(error)}`
  const { value, interval } = held.gain
  const middle = [...held.history.groups]
    .toReversed()
    .map(
      ({ said, was, customers: own }) =>
        `  ${count(own).padStart(7)} customers: said ${share(said)}, was ${share(was)}`,
    )
  return [
    `${count(customers.length)} customers; of these, ${count(expected)} will buy between ${from} and ${to}, by ${method}`,
    `held out, ${held.from} to ${held.to}: ${share(held.came)} of ${count(held.customers)} came back`,
    `  by history: ${quality(held.history)}`,
    `  by recency and frequency: ${quality(held.recency_frequency)}`,
    `  log loss lower by ${value.toFixed(4)} (${interval[0].toFixed(4)} to ${interval[1].toFixed(4)})`,
    ...middle,
  ].join('\n')
}
