import { readFile } from 'node:fs/promises'
import * as v from 'valibot'
import { settingsChanges } from '../bundle/manifest.ts'
import { defaultSettings, type Settings } from '../core/settings.ts'
import { WindowshopError } from '../errors.ts'
import { defaultLearning, type LearningSettings } from './learn/learning-settings.ts'

const count = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(256))
const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1))
const positive = v.pipe(v.number(), v.gtValue(0), v.maxValue(1e6))

/** What a shop may change of how a bundle learns; what is left out keeps its default. */
const learningSchema = v.partial(
  v.strictObject({
    collaborative: v.partial(
      v.strictObject({ dims: count, lambda: positive, alpha: positive, iterations: count, halfLifeDays: positive }),
    ),
    content: v.partial(v.strictObject({ dims: count })),
    embeddings: v.partial(v.strictObject({ dims: count, share })),
    priors: v.partial(
      v.strictObject({
        popularityHalfLifeDays: positive,
        trendHalfLifeDays: positive,
        newnessHalfLifeDays: positive,
      }),
    ),
    neighbours: v.partial(
      v.strictObject({ count, shrink: v.pipe(v.number(), v.minValue(0), v.maxValue(1e6)), basketLimit: positive }),
    ),
    tolerances: v.partial(v.strictObject({ collaborative: share, content: share, neighbours: share })),
    fresh: v.partial(v.strictObject({ days: positive, length: positive })),
    predictionRidge: positive,
    seed: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(2 ** 32 - 1)),
  }),
)

const fileSchema = v.strictObject({
  settings: v.optional(settingsChanges, {}),
  learning: v.optional(learningSchema, {}),
})

/** The content of a settings file: changes of the defaults. */
export type SettingsFile = v.InferOutput<typeof fileSchema>

export interface Tuned {
  readonly settings: Settings
  readonly learning: LearningSettings
}

/** Reads a settings file; throws `input-missing`, `input-format` and `option-invalid`. */
export async function readSettingsFile(file: string): Promise<Tuned> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new WindowshopError('input-missing', { where: file, got: error.code ?? error.message }, { cause: error })
  })
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw new WindowshopError(
      'input-format',
      { where: file, expected: 'JSON', got: text.slice(0, 40) },
      { cause: error },
    )
  }
  const result = v.safeParse(fileSchema, value)
  if (!result.success) {
    const [issue] = result.issues
    throw new WindowshopError('option-invalid', {
      where: file,
      column: v.getDotPath(issue) ?? 'settings',
      expected: issue.expected ?? issue.message,
      got: issue.received.slice(0, 80),
    })
  }
  return withDefaults(result.output)
}

/** The defaults, changed. */
export function withDefaults({ settings = {}, learning = {} }: Partial<SettingsFile>): Tuned {
  const given = <T extends object>(changes: T | undefined) =>
    Object.fromEntries(Object.entries(changes ?? {}).filter(([, value]) => value !== undefined))
  return {
    settings: {
      ...defaultSettings,
      ...given(settings),
      strengths: { ...defaultSettings.strengths, ...given(settings.strengths) },
    },
    learning: {
      ...defaultLearning,
      ...given(learning),
      collaborative: { ...defaultLearning.collaborative, ...given(learning.collaborative) },
      content: { ...defaultLearning.content, ...given(learning.content) },
      embeddings: { ...defaultLearning.embeddings, ...given(learning.embeddings) },
      priors: { ...defaultLearning.priors, ...given(learning.priors) },
      neighbours: { ...defaultLearning.neighbours, ...given(learning.neighbours) },
      fresh: { ...defaultLearning.fresh, ...given(learning.fresh) },
      tolerances: { ...defaultLearning.tolerances, ...given(learning.tolerances) },
    },
  }
}
