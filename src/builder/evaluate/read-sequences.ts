import { WindowshopError } from '../../errors.ts'
import { readBytes } from '../read/read-bytes.ts'
import type { Case } from './model.ts'
import { sequencesOf, type Sequences } from './sequences.ts'

/** Items are numbered from 1 in these files; item n is row n - 1. */
export interface NumberedSequences {
  /** The highest item number. */
  readonly items: number
  readonly sequences: Sequences
}

/** Largest item number that is believed: beyond it a file is not what it should be. */
const limit = 1 << 24

/**
 * Reads a file of one session a line: item numbers from 1, oldest first, separated by blanks. Also gzipped.
 * Throws `input-missing`, `input-empty`, `input-format` and `input-row`.
 */
export async function readSessions(file: string): Promise<NumberedSequences> {
  const lists: number[][] = []
  for await (const { line, text } of readLines(file)) lists.push(rowsOf(file, line, text))
  return numbered(file, lists)
}

/** Reads a file of one shopper a line, the shopper's number first; otherwise as `readSessions`. */
export async function readShoppers(file: string): Promise<NumberedSequences> {
  const lists: number[][] = []
  for await (const { line, text } of readLines(file)) lists.push(rowsOf(file, line, text).slice(1))
  return numbered(file, lists)
}

/** Reads a file of one case a line: a prefix of item numbers, a tab, the next item. Throws as `readSessions`. */
export async function readCases(file: string): Promise<Case[]> {
  const cases: Case[] = []
  for await (const { line, text } of readLines(file)) {
    const [prefix, next, ...rest] = text.split('\t')
    const wanted = next === undefined || rest.length > 0 ? [] : rowsOf(file, line, next)
    if (wanted.length !== 1) {
      throw new WindowshopError('input-row', {
        where: file,
        line,
        expected: 'item numbers, a tab and one item number',
        got: text.slice(0, 40),
      })
    }
    cases.push({ rows: Uint32Array.from(rowsOf(file, line, prefix!)), wanted: Uint32Array.from(wanted) })
  }
  if (cases.length === 0) throw new WindowshopError('input-empty', { where: file, expected: 'cases' })
  return cases
}

function numbered(file: string, lists: readonly number[][]): NumberedSequences {
  if (lists.length === 0) throw new WindowshopError('input-empty', { where: file, expected: 'sequences' })
  const sequences = sequencesOf(lists)
  return { items: sequences.rows.reduce((most, row) => Math.max(most, row + 1), 0), sequences }
}

function rowsOf(file: string, line: number, text: string): number[] {
  return text.split(' ').map((word) => {
    const number = Number(word)
    if (/^\d+$/.test(word) && number >= 1 && number <= limit) return number - 1
    throw new WindowshopError('input-row', {
      where: file,
      line,
      expected: 'item numbers from 1, separated by blanks',
      got: text.slice(0, 40),
    })
  })
}

/** Lines that hold something, without blanks around them. */
async function* readLines(file: string): AsyncGenerator<{ line: number; text: string }> {
  const decoder = new TextDecoder()
  let rest = ''
  let line = 0
  for await (const bytes of readBytes(file, () => {})) {
    const parts = (rest + decoder.decode(bytes, { stream: true })).split('\n')
    rest = parts.pop()!
    for (const part of parts) {
      line++
      if (part.trim() !== '') yield { line, text: part.trim() }
    }
  }
  if (rest.trim() !== '') yield { line: line + 1, text: rest.trim() }
}
