import { describe, expect, it } from 'vitest'
import { resourceKind } from '../../src/service-worker/resource-kind.ts'

const paths = { bundle: '/bundle/', data: ['/catalogue.json'] }
const kind = (path: string, mode = '', destination = '') =>
  resourceKind({ url: new URL(path, 'https://shop.example'), mode, destination }, paths)

describe('what the service worker keeps, and how', () => {
  it('takes pages from the network while there is one', () => {
    expect(kind('/anything?x=1', 'navigate', 'document')).toBe('page')
    expect(kind('/')).toBe('page')
    expect(kind('/tents/')).toBe('page')
    expect(kind('/tents.html')).toBe('page')
  })

  it('knows a page as a page where the whole site is named as the folder of bundles', () => {
    const whole = { bundle: '/', data: [] }
    const url = (path: string) => new URL(path, 'https://shop.example')
    expect(resourceKind({ url: url('/?x=1'), mode: '', destination: '' }, whole)).toBe('page')
    expect(resourceKind({ url: url('/a/manifest.json'), mode: 'cors', destination: '' }, whole)).toBe('changing')
  })

  it('serves files named after their content from the cache', () => {
    expect(kind('/bundle/table-0.0123456789ab.safetensors', 'cors')).toBe('immutable')
    expect(kind('/assets/main-0a1b2c3d.js', 'cors', 'script')).toBe('immutable')
    expect(kind('/assets/main-0a1b2c3d.js')).toBe('immutable')
  })

  it('renews what changes in place', () => {
    expect(kind('/bundle/manifest.json', 'cors')).toBe('changing')
    expect(kind('/windowshop.js', 'no-cors', 'script')).toBe('changing')
    expect(kind('/windowshop-recommender.js', 'no-cors', 'script')).toBe('changing')
    expect(kind('/windowshop.worker.js', 'same-origin', 'worker')).toBe('changing')
    expect(kind('/catalogue.json', 'cors')).toBe('changing')
  })

  it('knows pictures by destination, or by name when a page names them in advance', () => {
    expect(kind('/resize?id=7', 'no-cors', 'image')).toBe('picture')
    expect(kind('/pictures/7.svg')).toBe('picture')
  })

  it('keeps no answer of the shop that may be about the shopper', () => {
    expect(kind('/api/cart', 'cors')).toBeUndefined()
    expect(kind('/account.json', 'cors')).toBeUndefined()
    expect(kind('/account.json')).toBeUndefined()
  })
})
