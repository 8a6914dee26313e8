import { expect, it } from 'vitest'
import { parseOptions, withOption } from '../../src/workbench/options.ts'

it('an address without switches is the sample shop, with consent, in the browser’s language', () => {
  expect(parseOptions('', 'de-DE')).toEqual({
    bundle: 'bundle/manifest.json',
    sample: true,
    scorer: 'auto',
    tab: 'now',
    language: 'en',
    theme: 'auto',
    consent: 'granted',
  })
  expect(parseOptions('', 'zh-TW').language).toBe('zh')
})

it('a switch in the address holds, an unknown value does not', () => {
  expect(parseOptions('?scorer=plain&consent=denied&theme=dark&language=zh', 'en')).toMatchObject({
    scorer: 'plain',
    consent: 'denied',
    theme: 'dark',
    language: 'zh',
  })
  expect(parseOptions('?scorer=quantum&consent=maybe', 'en')).toMatchObject({ scorer: 'auto', consent: 'granted' })
})

it('another bundle has no backend', () => {
  expect(parseOptions('?bundle=/other/manifest.json', 'en')).toMatchObject({
    bundle: '/other/manifest.json',
    sample: false,
  })
})

it('a changed switch keeps the others and the page', () => {
  const address = withOption('https://shop.example/?bundle=%2Fother%2Fmanifest.json#/item/7', 'scorer', 'wasm')
  expect(new URL(address).hash).toBe('#/item/7')
  expect(parseOptions(new URL(address).search, 'en')).toMatchObject({ bundle: '/other/manifest.json', scorer: 'wasm' })
})
