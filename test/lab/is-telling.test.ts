import { expect, test } from 'vitest'
import { isTelling } from '../../src/lab/is-telling.ts'

test('numbers, scraps and words of any text tell nothing of a shopper; nouns do, in any script', () => {
  for (const word of ['its', 'does', '4', 'a', 'no', 'the', 'with', '2024', '½', 'für', 'und'])
    expect(isTelling(word), word).toBe(false)
  for (const word of ['tent', 'lantern', 'zelt', '灯', '帐篷', 'éclair', 'usb3', 'чай'])
    expect(isTelling(word), word).toBe(true)
})
