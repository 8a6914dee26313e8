import { expect, test } from 'vitest'
import { toAscii } from '../../scripts/ascii-plugin.ts'

test('a script in ASCII means what it meant before', () => {
  const code = "['为你推荐', `“${1}” 😀`, /[“😀-😂]/u.test('😁'), '\\\\é'].join('|')"
  const escaped = toAscii(code)
  expect(escaped).toMatch(/^[\0-\x7f]*$/)
  // oxlint-disable-next-line no-eval
  expect((0, eval)(escaped)).toBe((0, eval)(code))
})
