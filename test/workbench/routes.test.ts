import { describe, expect, it } from 'vitest'
import { hrefOf, parseRoute, type Route } from '../../src/workbench/routes.ts'
import { between, seededRandom } from '../support/seed.ts'

const random = seededRandom('routes')
const alphabet = [...'abz /?#%&=+"<>’帐🏕.']
const word = () =>
  Array.from({ length: between(random, 1, 8) }, () => alphabet[between(random, 0, alphabet.length - 1)]).join('')

describe('routes', () => {
  it('come back from their addresses, whatever ids, names and queries hold', () => {
    for (let run = 0; run < 500; run++) {
      const routes: Route[] = [
        { page: 'home' },
        { page: 'category', path: Array.from({ length: between(random, 1, 3) }, word) },
        { page: 'item', id: word() },
        { page: 'search', query: word() },
        { page: 'cart' },
        { page: 'done' },
      ]
      for (const route of routes) {
        const { hash } = new URL(hrefOf(route), 'https://shop.example/')
        expect(parseRoute(hash)).toEqual(route)
      }
    }
  })

  it('are the home page where an address means nothing', () => {
    for (const hash of ['', '#', '#/', '#/nowhere', '#/item', '#/item/', '#/category', '#nowhere', '#/%E0%A4%A']) {
      expect(parseRoute(hash)).toEqual({ page: 'home' })
    }
  })
})
