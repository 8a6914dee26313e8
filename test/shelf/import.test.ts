import { expect, test } from 'vitest'

test('shelves can be imported where there is no browser, as a server does that renders pages', async () => {
  expect('HTMLElement' in globalThis).toBe(false)
  const { defineShelves } = await import('../../src/shelf/define-shelves.ts')
  expect(defineShelves).toBeTypeOf('function')
})
