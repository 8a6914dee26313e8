import type { Tuning } from './tune-settings.ts'

/** What a search has found, for people. */
export function formatTuning(tuning: Tuning, file: string): string {
  const { task, chosen_by: choosing, confirmed_by: confirming, trials, steps, confirmed, bytes, settings } = tuning
  const count = (n: number) => n.toLocaleString('en')
  const share = (value: number) => value.toFixed(4)
  const changed = Object.values(settings).some((part) => Object.keys(part ?? {}).length > 0)
  const taken = steps.map(
    ({ path, from, to, before, after }) => `  ${path}: ${from} to ${to}, NDCG@20 ${share(before)} to ${share(after)}`,
  )
  const worth = Object.entries(confirmed).map(([name, { before, after, gain }]) => {
    const [low, high] = gain.interval
    return `  ${name}: ${share(before)} to ${share(after)}, a gain of ${share(gain.value)} (${share(low)} to ${share(high)})`
  })
  const ending = changed
    ? `settings in ${file}: build with --settings, and measure with evaluate --settings what they bring on later days`
    : `${file} changes nothing: the defaults are as good`
  return [
    `${task}: ${count(trials)} settings tried on ${count(choosing)} shoppers`,
    ...(taken.length > 0 ? taken : ['  none was better than the defaults by more than chance']),
    ...(taken.length > 0 ? [`${count(confirming)} other shoppers say:`, ...worth] : []),
    ...(changed && bytes.before !== bytes.after ? [`  bytes: ${count(bytes.before)} to ${count(bytes.after)}`] : []),
    ending,
  ].join('\n')
}
