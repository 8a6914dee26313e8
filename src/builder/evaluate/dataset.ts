import { bareItem, type CatalogueItem } from '../catalogue.ts'
import type { Case, Training } from './model.ts'
import { readCases, readSessions, readShoppers, type NumberedSequences } from './read-sequences.ts'
import type { Hide } from './recommend-all.ts'
import { cutLastSessions, leaveOneOut } from './split.ts'

/** What models are compared on: what they learn from, and what they are asked. */
export interface Dataset {
  readonly training: Training
  readonly cases: readonly Case[]
  readonly hide: Hide
  /** The catalogue's items by row, for models that ship cards; rows beyond it are items that nobody may know. */
  readonly items: readonly CatalogueItem[]
  /** What is asked, in words. */
  readonly task: string
  readonly split: 'validation' | 'test'
}

/** Share of the sessions that are held out for validation. */
const validationShare = 0.1

/** Anonymous sessions: the test file's cases, or the last tenth of the sessions as validation. Every next item is predicted. */
export async function sessionDataset(sessions: string, test: string | undefined): Promise<Dataset> {
  const read = await readSessions(sessions)
  const split =
    test === undefined
      ? cutLastSessions(read.sequences, validationShare)
      : { training: read.sequences, cases: await readCases(test) }
  return {
    ...numberedItems(read),
    training: { items: read.items, sequences: split.training },
    cases: split.cases,
    hide: 'nothing',
    task: 'the next item of a session',
    split: test === undefined ? 'validation' : 'test',
  }
}

/** Shoppers with a history: the last event of each is predicted, or the one before it as validation. */
export async function shopperDataset(file: string, { validation }: { validation: boolean }): Promise<Dataset> {
  const read = await readShoppers(file)
  const { training, cases } = leaveOneOut(read.sequences, { validation })
  return {
    ...numberedItems(read),
    training: { items: read.items, sequences: training },
    cases,
    hide: 'seen',
    task: "a shopper's next item, seen ones left out",
    split: validation ? 'validation' : 'test',
  }
}

/** Items of which only the number is known. */
function numberedItems({ items }: NumberedSequences): Pick<Dataset, 'items'> {
  return {
    items: Array.from({ length: items }, (_, row) => bareItem(String(row + 1))),
  }
}
