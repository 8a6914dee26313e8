import type { PackInput } from '../bundle/pack.ts'
import { WindowshopError } from '../errors.ts'
import { assembleColumns } from './assemble-bundle.ts'
import type { AssembleOptions } from './pack-columns.ts'
import { chooseEncoder } from './choose-encoder.ts'
import { numberSessions, putEncoder, trainOn, type Assembled } from './encoder-columns.ts'
import type { EncoderOptions } from './encoder-options.ts'
import type { Session } from './learn/session-examples.ts'
import type { Progress } from './progress.ts'
import type { CleanInputs } from './read-inputs.ts'
import type { ForeignEncoder } from './read-foreign-encoder.ts'

export interface AssembledBundle extends Assembled {
  /** How an encoder of the same log is trained without choosing again. */
  readonly encoder: EncoderOptions | ForeignEncoder | false
  /** What the encoder was chosen by, for the manifest. */
  readonly chosenBy: PackInput['quality']
}

export interface AssembleWithEncoder extends AssembleOptions {
  /** None by default. */
  readonly encoder?: EncoderOptions | ForeignEncoder | false
}

/**
 * Learns what a bundle ships. Where the log has enough sessions, an encoder and the rows that it weighs are trained together and take
 * the place of factors and of the age of events, if that finds more of what came next in the last sessions.
 */
export async function assembleBundle(
  inputs: CleanInputs,
  options: AssembleWithEncoder,
  progress: Progress,
): Promise<AssembledBundle> {
  const { encoder = false } = options
  const built = assembleColumns(inputs, options, progress.stage('Learning'))
  const without = { ...built, encoder: false as const, chosenBy: {} }
  if (!encoder) return without
  if ('kind' in encoder) return { ...without, ...putForeign(built, encoder), encoder }
  // What it is trained with would take the place of factors that were given.
  if (options.factors) return without
  const numbered = numberSessions(inputs.lines, built, options)
  if (!hasEnough(numbered.sessions, encoder)) return without
  const chosen = encoder.settings
    ? { settings: encoder.settings, chosenBy: {} }
    : await chooseEncoder(inputs, options, encoder, progress)
  if (!chosen) return without
  const learned = await trainOn({ built, numbered, options }, { ...encoder, ...chosen }, progress.stage('Training'))
  const known = { ...encoder, ...chosen }
  return { ...putEncoder({ built, numbered, options }, learned, known), encoder: known, chosenBy: chosen.chosenBy }
}

/** Enough events to predict, and not of orders alone: the lines of an order tell nothing of which came first. */
function hasEnough(sessions: readonly Session[], { leastTargets }: EncoderOptions): boolean {
  const views = sessions.some(({ events }) => events.some(({ kind }) => kind === 'view_item'))
  return views && sessions.reduce((sum, { events }) => sum + events.length - 1, 0) >= leastTargets
}

/** Puts somebody else's model beside the rows; throws `model-wrong` where it was made for others. */
function putForeign({ learnt, columns }: Assembled, { dims, ...encoder }: ForeignEncoder): Assembled {
  const own = columns.segments.find(({ name }) => name === 'collaborative')?.dims ?? 0
  if (own !== dims) {
    throw new WindowshopError('model-wrong', { where: 'encoder', expected: `rows of ${own} dimensions`, got: dims })
  }
  const settings = { ...columns.settings, sessionLength: encoder.length }
  return { learnt, columns: { ...columns, settings, encoder } }
}
