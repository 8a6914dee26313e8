import { expect, test } from 'vitest'
import { WindowshopError } from '../../src/errors.ts'
import { mayPass, problemOf } from '../../src/workbench/problem-of.ts'
import { problemTexts } from '../../src/workbench/problem-texts.ts'
import { codeIn, noticeOf } from '../../src/workbench/problem.ts'

test('every code is a sentence in every language, and in each another one', () => {
  for (const texts of Object.values(problemTexts)) {
    const sentences = Object.values(texts)
    for (const sentence of sentences) expect(sentence).toMatch(/^.{5,}[.。]$/u)
    expect(new Set(sentences).size).toBe(sentences.length)
  }
  for (const sentence of Object.values(problemTexts.zh)) expect(sentence).toMatch(/\p{Script=Han}/u)
})

test('a notice says what went wrong in the language of the page, and then the error’s own words, without its class', () => {
  const coded = new WindowshopError('input-column', { where: 'goods.csv', column: 'title' })
  expect(noticeOf(coded, 'en')).toBe(
    'A column that is needed is not in the file. (input-column: goods.csv, column title)',
  )
  expect(noticeOf(coded, 'zh')).toBe('文件缺少必需的列。 (input-column: goods.csv, column title)')
  expect(noticeOf(new TypeError('no such thing'), 'en')).toBe(
    'Something went wrong that should not have. (no such thing)',
  )
  expect(noticeOf('thrown', 'en')).toContain('(thrown)')
})

test('only what could not be fetched is tried again', () => {
  const failed = (error: unknown) => mayPass(problemOf(error))
  expect(failed(new WindowshopError('bundle-unreachable'))).toBe(true)
  expect(failed(new WindowshopError('worker-failed'))).toBe(true)
  expect(failed(new WindowshopError('bundle-malformed'))).toBe(false)
  expect(failed(new Error('bundle-unreachable'))).toBe(false)
  expect(mayPass(undefined)).toBe(false)
})

test('a code is found at the beginning of an error’s own words, and nowhere else', () => {
  expect(codeIn('scorer-unavailable: webgpu, got a software adapter')).toBe('scorer-unavailable')
  expect(codeIn('paused')).toBe('paused')
  for (const words of ['the fastest here: wasm', 'forced', '', 'toString', 'no paused'])
    expect(codeIn(words)).toBe(undefined)
})
