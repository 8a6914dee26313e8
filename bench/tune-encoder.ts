import { parseArgs } from 'node:util'
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { defaultEncoderSettings, type EncoderSettings } from '../src/builder/train/encoder-settings.ts'
import { prefixExamples } from '../src/builder/train/examples.ts'
import { sessionCandidates } from '../src/builder/train/fill-batch.ts'
import { trainEncoder } from '../src/builder/train/train-encoder.ts'

// Trains an encoder on the first sessions of Diginetica and measures it on the last ones: what its settings are chosen by.
// `--set epochs=8,negatives=4096` changes settings; with `--checkpoint FILE --seconds 200` it stops after a while and goes on the
// next time.
const { values } = parseArgs({
  options: {
    set: { type: 'string', default: '' },
    half: { type: 'string', default: '' },
    every: { type: 'string', default: '1' },
    checkpoint: { type: 'string' },
    seconds: { type: 'string' },
  },
})
const changes = Object.fromEntries(
  values.set
    .split(',')
    .filter(Boolean)
    .map((part) => part.split('='))
    .map(([name, value]) => [name, value === 'true' ? true : value === 'false' ? false : Number(value)]),
) as Partial<EncoderSettings>
const settings = { ...defaultEncoderSettings, ...changes }
const validationSessions = 9000

const sessions = gunzipSync(readFileSync('../shared/data/diginetica/train_sessions.txt.gz'))
  .toString()
  .trim()
  .split('\n')
  .map((line) => line.trim().split(/\s+/).map(Number))
const learnt = sessions.slice(0, -validationSessions)
const numbers = new Map([...new Set(learnt.flat())].map((item, i) => [item, i]))
const numbered = (list: readonly number[][]) =>
  list.map((session) => session.flatMap((item) => numbers.get(item) ?? []))
const examples = prefixExamples(numbered(learnt), settings.length)
const later = prefixExamples(numbered(sessions.slice(-validationSessions)), settings.length)
const kept = Uint32Array.from(later.target.keys()).filter((i) => i % Number(values.every) === 0)
const pick = (array: Uint32Array) => kept.map((i) => array[i]!)
const validation = { ...later, target: pick(later.target), first: pick(later.first) }

const half = Number(values.half)
const last = examples.target.length
const weight = half ? examples.target.map((_, i) => i) : undefined
const started = performance.now()
try {
  const { qualities, weights } = await trainEncoder({
    shape: {
      dims: settings.dims,
      items: numbers.size,
      features: 1,
      featureRows: settings.length,
      bonuses: settings.length + 1,
      bonusTerms: 1,
    },
    settings,
    examples: weight
      ? { ...examples, weight: Float32Array.from(weight, (i) => 2 ** ((i / last - 1) / half)) }
      : examples,
    locals: sessionCandidates,
    mostLocals: settings.length + 1,
    validation,
    ...(values.checkpoint && { checkpoint: values.checkpoint }),
    ...(values.seconds && { signal: AbortSignal.timeout(Number(values.seconds) * 1000) }),
    onProgress: ({ done, loss, secondsLeft, quality }) => {
      const line = `${(done * 100).toFixed(1)} % loss ${loss.toFixed(4)} left ${secondsLeft.toFixed(0)} s ${percent(quality)}`
      process.stderr.write(`${line}\n`)
    },
  })
  const bonuses = Array.from(weights.subarray(weights.length - settings.length - 1), (x) => x.toFixed(2)).join(' ')
  const { user, system } = process.cpuUsage()
  console.log(
    JSON.stringify({
      ...values,
      qualities: qualities.map(percent),
      seconds: (performance.now() - started) / 1000,
      cpuSeconds: (user + system) / 1e6,
      bonuses,
    }),
  )
} catch (error) {
  const { user, system } = process.cpuUsage()
  console.error(String(error), 'cpu', (user + system) / 1e6)
  process.exitCode = 3
}

function percent(quality?: { hr20: number; mrr20: number }): string {
  return quality ? `${(quality.hr20 * 100).toFixed(2)}/${(quality.mrr20 * 100).toFixed(2)}` : ''
}
