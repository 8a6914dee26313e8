import { basename } from 'node:path'
import { WindowshopError } from '../../errors.ts'
import type { Progress } from '../progress.ts'
import { readInputs, type InputFiles } from '../read-inputs.ts'
import { readSettingsFile } from '../settings-file.ts'
import { baselines } from './baselines/baselines.ts'
import { sessionDataset, shopperDataset, type Dataset } from './dataset.ts'
import { chooseModels, evaluate, type Evaluation } from './evaluate.ts'
import { shopEncoder } from '../encoder-options.ts'
import { numberedOptions } from './numbered-options.ts'
import { servedModel } from './served.ts'
import { shopDataset } from './shop-dataset.ts'

/** The data of one evaluation: exactly one of `events`, `sessions` and `sequences`. */
export interface DataOptions extends InputFiles {
  readonly sessions?: string
  /** Cases of `sessions`; without it, its last tenth. */
  readonly test?: string
  readonly sequences?: string
  /** Days of `events` that are predicted. */
  readonly days: number
  readonly validation?: boolean
}

export interface EvaluateCommand extends DataOptions {
  readonly models?: readonly string[]
  /** A settings file for what is shipped. */
  readonly settings?: string
  readonly seed: number
}

/** Reads the data, and compares the models that are asked for. Throws `option-invalid` and what readers throw. */
export async function runEvaluation(command: EvaluateCommand, progress: Progress): Promise<Evaluation> {
  const tuned = command.settings === undefined ? {} : await readSettingsFile(command.settings)
  const dataset = await openDataset(command, progress)
  const all = [
    servedModel(dataset.items, {
      ...(command.events === undefined ? numberedOptions(dataset.hide) : { encoder: shopEncoder }),
      ...tuned,
    }),
    ...baselines({ content: (dataset.training.content?.indices.length ?? 0) > 0 }),
  ]
  const models = chooseModels(all, command.models)
  return evaluate(nameOf(command), dataset, models, { seed: command.seed, ks: [5, 10, 20], progress })
}

export async function openDataset(options: DataOptions, progress: Progress): Promise<Dataset> {
  const { sessions, test, sequences, events, days, validation = false } = options
  if ([sessions, sequences, events].filter((file) => file !== undefined).length !== 1) {
    throw new WindowshopError('option-invalid', {
      where: 'evaluate',
      expected: 'one of --events, --sessions and --sequences',
    })
  }
  if (sessions !== undefined) {
    progress.stage('Reading sessions')
    return sessionDataset(sessions, validation ? undefined : test)
  }
  if (sequences !== undefined) {
    progress.stage('Reading shoppers')
    return shopperDataset(sequences, { validation })
  }
  const { read, rows } = await readInputs(options, progress)
  progress.stage('Cleaning')
  return shopDataset({ log: read, catalogue: rows }, { days, validation })
}

function nameOf({ sessions, sequences, events }: DataOptions): string {
  return basename(sessions ?? sequences ?? events ?? '')
}
