import { mkdir, writeFile } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import { Command, CommanderError, Option } from 'commander'
import { version } from '../../package.json' with { type: 'json' }
import { WindowshopError } from '../errors.ts'
import { buildInto, type BuildOptions } from './build-bundle.ts'
import { formatEvaluation } from './evaluate/format-evaluation.ts'
import { shopEncoder } from './encoder-options.ts'
import { customersCsv } from './customers/customers-csv.ts'
import { forecastReturns } from './customers/forecast-returns.ts'
import { formatReturns } from './customers/format-returns.ts'
import { readGivenVectors, type VectorFlags } from './given-vectors.ts'
import { readForeignEncoder } from './read-foreign-encoder.ts'
import { openDataset, runEvaluation, type EvaluateCommand } from './evaluate/run-evaluation.ts'
import { forecastCsv } from './forecast/forecast-csv.ts'
import { forecastDemand } from './forecast/forecast-demand.ts'
import { formatForecast } from './forecast/format-forecast.ts'
import { formatSummary } from './format-summary.ts'
import { inspectBundle } from './inspect-bundle.ts'
import { formatInspection } from './format-inspection.ts'
import { showProgress, silent } from './progress.ts'
import { parseColumnMap } from './read/columns.ts'
import { generateShop } from './sample/generate-shop.ts'
import { publishRules } from './rules/publish-rules.ts'
import { publishStock } from './publish-stock.ts'
import { serveWorkbench } from './serve-workbench.ts'
import {
  parseHeading,
  parseNames,
  renderedFormats,
  renderedPlacements,
  type RenderOptions,
} from './render/render-options.ts'
import { formatRendered } from './render/format-rendered.ts'
import { renderLists } from './render/render-lists.ts'
import { readInputs, readLog, type InputFiles } from './read-inputs.ts'
import { readSettingsFile } from './settings-file.ts'
import { writeShop, type WriteStage } from './sample/write-shop.ts'
import { formatTuning } from './tune/format-tuning.ts'
import { tuneSettings } from './tune/tune-settings.ts'

const program = new Command('windowshop')
  .description("Builds bundles for a recommender that runs in the shopper's browser.")
  .version(version)
  .exitOverride()

const json = () => new Option('--json', 'print the result as JSON')

program
  .command('generate')
  .description('make a sample shop: a catalogue, an event log, pictures, and the truth behind them')
  .requiredOption('--out <folder>', 'where catalogue.csv, events.jsonl, truth.json and pictures/ go')
  .option('--items <count>', '50 to 1,000,000', parseCount('--items'), 2000)
  .option('--shoppers <count>', 'three an item by default, at most 60,000', parseCount('--shoppers'))
  .option('--seed <number>', 'the same seed makes the same shop', parseCount('--seed'), 1)
  .option('--no-pictures', 'leave the pictures out')
  .addOption(json())
  .action(async ({ out, json, pictures, ...options }: GenerateOptions) => {
    const progress = json ? silent : showProgress()
    let stage: WriteStage | undefined
    let advance = (_done: number) => {}
    try {
      const onProgress = (done: number, total: number, now: WriteStage) => {
        if (now !== stage) advance = progress.stage(`Making ${(stage = now)}`)
        advance(done / total)
      }
      const written = await writeShop(generateShop(options), out, { pictures, onProgress })
      progress.end()
      console.log(json ? JSON.stringify(written) : `${written.items} items and ${written.events} events in ${out}`)
    } finally {
      progress.end()
    }
  })

program
  .command('build')
  .description('learn a bundle from an event log, a catalogue, or both')
  .option('--events <file>', 'event log: CSV, JSON lines or Parquet, also gzipped')
  .option('--catalogue <file>', 'catalogue; without it the log must carry titles')
  .requiredOption('--out <folder>', 'where the bundle goes; an older one is replaced when the new one is whole')
  .option('--map <fields>', 'columns by field, of either file, such as user=CustomerID,item=StockCode', parseColumnMap)
  .option('--shop <name>', 'name of the shop', 'Shop')
  .option('--currency <code>', 'ISO 4217', parseCurrency, 'EUR')
  .option('--locale <tag>', 'BCP 47', parseLocale, 'en')
  .option('--url-template <url>', 'address of items that have none', '/p/{id}')
  .option('--image-template <url>', 'picture of items that have none, such as /pictures/{id}.jpg')
  .option(
    '--settings <file>',
    'JSON of `settings` (of the query) and `learning` (of the builder) that differ from the defaults',
  )
  .option('--previous <folder>', 'go on from this bundle: what hardly changed keeps its bytes, visitors fetch the rest')
  .option('--retrain', 'begin anew although there is a previous bundle; its visitors fetch nearly everything again')
  .option('--forget <file>', 'leave out the customers of this file (a column for user), and begin anew')
  .option(
    '--no-measure',
    'do not measure on the last days of the log how good the suggestions are; saves half of the time',
  )
  .option('--rules <file>', "the shop's rules, JSON; without it those of the replaced bundle stay")
  .option('--until <date>', 'leave out events from this day on', parseDay('--until'))
  .option('--encoder <model.json>', 'a TensorFlow.js graph model of your own as the encoder')
  // After --encoder: before it, its default would be true.
  .option('--no-encoder', 'train no encoder, which by default weighs the events of a session where that does better')
  .option('--encoder-record <file>', 'JSON of what it was asked and said once, which it has to say again')
  .option('--factors <file>', 'item factors in place of learned ones: .npy, safetensors (#name of the tensor), Parquet')
  .option('--factors-ids <file>', 'table of whose they are: a column for item, and one for row where they are numbered')
  .addOption(
    new Option(
      '--factors-kind <kind>',
      'als (of implicit feedback; .npy and Parquet) or vectors (whose sums are users)',
    ).choices(['als', 'vectors']),
  )
  .option('--embeddings <file>', 'other vectors of the items, such as of their images, as part of the content')
  .option('--embeddings-ids <file>', 'table of whose they are, likewise')
  .option('--checkpoint <file>', 'beginning of the names of files from which an interrupted training goes on')
  .addOption(json())
  .action(async ({ out, json, settings, encoder, encoderRecord, checkpoint, ...flags }: BuildCommand) => {
    const progress = json ? silent : showProgress()
    try {
      const { factors: _factors, embeddings: _embeddings, ...options } = flags
      const given = await readGivenVectors(flags)
      const tuned = settings === undefined ? {} : await readSettingsFile(settings)
      const chosen = await encoderOf({ encoder, encoderRecord, checkpoint })
      const summary = await buildInto(out, { ...options, ...given, ...tuned, encoder: chosen }, progress)
      progress.end()
      console.log(json ? JSON.stringify(summary) : formatSummary(summary, out))
    } finally {
      progress.end()
    }
  })

program
  .command('evaluate')
  .description('compare what is shipped with the classics of the field, on data that none of them has seen')
  .option('--events <file>', "a shop's event log: the last days' purchases are predicted")
  .option('--catalogue <file>', 'catalogue of that log')
  .option('--map <fields>', 'columns by field, as of build', parseColumnMap)
  .option('--days <count>', 'days of the log that are predicted', parseCount('--days'), 30)
  .option('--sessions <file>', 'item numbers, one session a line: every next item is predicted')
  .option('--test <file>', 'its test cases: prefix, tab, next item; without it, the last tenth of the sessions')
  .option('--sequences <file>', 'shopper and item numbers, one shopper a line: the last item is predicted')
  .option('--validation', 'predict what comes before the test data, to choose settings by')
  .option('--models <names>', 'only these, separated by commas', (text) => text.split(','))
  .option('--settings <file>', 'how windowshop learns and asks, as of build')
  .option('--seed <number>', 'the same seed gives the same result', parseCount('--seed'), 1)
  .option('--report <file>', 'also write an HTML page with plots, for people')
  .addOption(json())
  .action(async ({ json, report, ...options }: EvaluateCommand & { json?: boolean; report?: string }) => {
    const progress = json ? silent : showProgress()
    try {
      const evaluation = await runEvaluation(options, progress)
      progress.end()
      if (report !== undefined) {
        // Loaded when it is needed: the plots' library would slow down every other command.
        const { renderReport } = await import('./report/render-report.ts')
        await writeOutput(report, renderReport(evaluation))
      }
      console.log(json ? JSON.stringify(evaluation) : formatEvaluation(evaluation))
    } finally {
      progress.end()
    }
  })

program
  .command('tune')
  .description("search settings for a shop's own log, on days before the last ones; an interrupted search goes on")
  .requiredOption('--events <file>', 'event log')
  .requiredOption('--out <file>', 'the settings file, for --settings of build and evaluate')
  .option('--catalogue <file>', 'catalogue of that log')
  .option('--map <fields>', 'columns by field, as of build', parseColumnMap)
  .option('--days <count>', 'days that are predicted; as many after them are not looked at', parseCount('--days'), 30)
  .option('--seed <number>', 'the same seed gives the same result', parseCount('--seed'), 1)
  .addOption(json())
  .action(async ({ json, out, seed, ...inputs }: TuneCommand) => {
    const progress = json ? silent : showProgress()
    try {
      const dataset = await openDataset({ ...inputs, validation: true }, progress)
      const tuning = await tuneSettings(dataset, { seed, journal: `${out}.trials`, progress })
      progress.end()
      await writeOutput(out, `${JSON.stringify(tuning.settings, null, 2)}\n`)
      console.log(json ? JSON.stringify(tuning) : formatTuning(tuning, out))
    } finally {
      progress.end()
    }
  })

program
  .command('forecast')
  .description('forecast what will be asked for in the next four weeks, item by item, from purchases')
  .requiredOption('--events <file>', 'event log with at least twelve weeks of purchases')
  .option('--catalogue <file>', 'catalogue; without it the titles of the log count')
  .option('--map <fields>', 'columns by field, as of build', parseColumnMap)
  .option('--csv <file>', 'also write every item as a line of a table')
  .option('--report <file>', 'also write an HTML page with plots, for people')
  .option('--seed <number>', 'the same seed gives the same intervals', parseCount('--seed'), 1)
  .addOption(json())
  .action(async ({ json, csv, report, seed, ...inputs }: ForecastCommand) => {
    const progress = json ? silent : showProgress()
    try {
      const { read, rows } = await readInputs(inputs, progress)
      const forecast = forecastDemand({ log: read, catalogue: rows, seed, progress })
      progress.end()
      if (csv !== undefined) await writeOutput(csv, forecastCsv(forecast))
      if (report !== undefined) {
        const { renderForecast } = await import('./report/render-forecast.ts')
        await writeOutput(report, renderForecast(basename(inputs.events), forecast))
      }
      console.log(json ? JSON.stringify(forecast) : formatForecast(forecast))
    } finally {
      progress.end()
    }
  })

program
  .command('customers')
  .description('forecast which customers buy again within 30 days, from purchases')
  .requiredOption('--events <file>', 'event log with at least 120 days of purchases')
  .option('--map <fields>', 'columns by field, as of build', parseColumnMap)
  .option('--csv <file>', 'also write every customer as a line of a table')
  .option('--seed <number>', 'the same seed gives the same intervals', parseCount('--seed'), 1)
  .addOption(json())
  .action(async ({ json, csv, seed, ...inputs }: CustomersCommand) => {
    const progress = json ? silent : showProgress()
    try {
      // Titles are not needed of it: any other log does, too.
      const log = await readLog(inputs, progress)
      const forecast = forecastReturns(log, { seed, progress })
      progress.end()
      if (csv !== undefined) await writeOutput(csv, customersCsv(forecast))
      console.log(json ? JSON.stringify(forecast) : formatReturns(forecast))
    } finally {
      progress.end()
    }
  })

program
  .command('rules')
  .description('give a bundle other rules, without building it again')
  .argument('<folder>', 'the bundle')
  .requiredOption('--rules <file>', "the shop's rules, JSON")
  .option('--catalogue <file>', 'for rules on margin: a catalogue with a column of margins, or of costs')
  .option('--map <fields>', 'columns by field, as of build', parseColumnMap)
  .addOption(json())
  .action(async (folder: string, { json, ...input }: Parameters<typeof publishRules>[1] & { json?: boolean }) => {
    const published = await publishRules(folder, input)
    for (const name of published.unknown) console.error(`windowshop: this bundle does not have: ${name}`)
    console.log(json ? JSON.stringify(published) : `${published.rules} rules in ${folder}`)
  })

program
  .command('stock')
  .description('tell a bundle what is in stock and at which price, without building it again')
  .argument('<folder>', 'the bundle')
  .requiredOption('--catalogue <file>', 'the catalogue as it is now')
  .option('--map <fields>', 'columns by field, as of build', parseColumnMap)
  .addOption(json())
  .action(async (folder: string, { json, ...input }: Parameters<typeof publishStock>[1] & { json?: boolean }) => {
    const { items, unavailable, repriced } = await publishStock(folder, input)
    console.log(
      json
        ? JSON.stringify({ items, unavailable, repriced })
        : `${items} items: ${unavailable} cannot be bought, ${repriced} have another price than when the bundle was built`,
    )
  })

program
  .command('render')
  .description('write the lists that hang on an item, for the templates of its page: links that work without scripts')
  .argument('<folder>', 'the bundle')
  .requiredOption('--out <folder>', 'where they go; older ones are replaced when the new ones are whole')
  .option(
    '--placements <names>',
    'which lists, in the order in which they stand on a page',
    parseNames('--placements', renderedPlacements),
  )
  .option(
    '--formats <names>',
    'html: a file for each item and list; json: one for all',
    parseNames('--formats', renderedFormats),
  )
  .option('--limit <count>', 'cards of a list, 1 to 100', parseCount('--limit'), 8)
  .option('--heading <list=title>', 'the title of a list; may stand twice', parseHeading)
  .option('--no-prices', 'leave prices out, which may change before the next run')
  .option('--on <date>', 'the day for which rules with dates are read; today by default', parseDay('--on'))
  .addOption(json())
  .action(async (folder: string, { json, on: at, heading: headings, ...options }: RenderCommand) => {
    const progress = json ? silent : showProgress()
    try {
      const given = { ...options, ...(at !== undefined && { at }), ...(headings && { headings }) }
      const summary = await renderLists(folder, given, progress)
      progress.end()
      console.log(json ? JSON.stringify(summary) : formatRendered(summary, options.out))
    } finally {
      progress.end()
    }
  })

program
  .command('inspect')
  .description('print what a bundle holds, and verify it')
  .argument('<folder>')
  .option('--public', 'list what a stranger can read')
  .addOption(json())
  .action(async (folder: string, options: { public?: boolean; json?: boolean }) => {
    const inspection = await inspectBundle(folder)
    console.log(options.json ? JSON.stringify(inspection) : formatInspection(inspection, options))
  })

program
  .command('serve')
  .description('open the workbench on a bundle; it loads anew when the bundle is rebuilt')
  .argument('<folder>')
  .option('--port <number>', '4173, or a free one where that is taken', parseCount('--port'))
  .action(async (folder: string, options: { port?: number }) => {
    const { page } = await serveWorkbench(folder, options)
    console.log(`The workbench is at ${page}  (Ctrl+C ends it)`)
  })

async function writeOutput(file: string, content: string): Promise<void> {
  try {
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, content)
  } catch (error) {
    throw new WindowshopError('output-unwritable', { where: file, got: (error as Error).message }, { cause: error })
  }
}

type BuildCommand = Omit<BuildOptions, 'settings' | 'learning' | 'encoder' | 'factors' | 'embeddings'> &
  EncoderFlags &
  VectorFlags & { out: string; settings?: string; json?: boolean }
type EncoderFlags = {
  encoder?: string | false | undefined
  encoderRecord?: string | undefined
  checkpoint?: string | undefined
}

async function encoderOf({
  encoder,
  encoderRecord,
  checkpoint,
}: EncoderFlags): Promise<NonNullable<BuildOptions['encoder']>> {
  if (encoder === false) return false
  if (encoder === undefined) return { ...shopEncoder, ...(checkpoint !== undefined && { checkpoint }) }
  if (encoderRecord !== undefined) return readForeignEncoder(encoder, encoderRecord)
  throw new WindowshopError('option-invalid', { where: '--encoder', expected: '--encoder-record with it' })
}

type RenderCommand = Omit<RenderOptions, 'at' | 'headings'> & {
  out: string
  on?: number
  heading?: RenderOptions['headings']
  json?: boolean
}

type TuneCommand = InputFiles & { out: string; days: number; seed: number; json?: boolean }

type CustomersCommand = Pick<InputFiles, 'map'> & { events: string; csv?: string; seed: number; json?: boolean }

type ForecastCommand = InputFiles & { events: string; csv?: string; report?: string; seed: number; json?: boolean }

type GenerateOptions = Parameters<typeof generateShop>[0] & { out: string; pictures: boolean; json?: boolean }

function parseCount(where: string): (text: string) => number {
  return (text) => {
    if (/^\d{1,10}$/.test(text)) return Number(text)
    throw new WindowshopError('option-invalid', { where, expected: 'a whole number', got: text })
  }
}

function parseCurrency(text: string): string {
  if (/^[A-Z]{3}$/.test(text)) return text
  throw new WindowshopError('option-invalid', { where: '--currency', expected: 'three capital letters', got: text })
}

function parseLocale(text: string): string {
  if (/^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/.test(text)) return text
  throw new WindowshopError('option-invalid', {
    where: '--locale',
    expected: 'a language tag such as en-GB',
    got: text,
  })
}

function parseDay(where: string): (text: string) => number {
  return (text) => {
    const time = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(text) : NaN
    if (!Number.isNaN(time)) return time
    throw new WindowshopError('option-invalid', { where, expected: 'a day such as 2026-01-31', got: text })
  }
}

try {
  await program.parseAsync()
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode
  else {
    console.error(error instanceof WindowshopError ? `windowshop: ${error.message}` : error)
    process.exitCode = 1
  }
}
