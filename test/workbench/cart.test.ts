import { expect, it } from 'vitest'
import { changeCart, type CartLine } from '../../src/workbench/cart.ts'
import { between, seededRandom } from '../support/seed.ts'

const random = seededRandom('cart')

it('a cart holds what was put in less what was taken out, in order of arrival, 99 of each at most', () => {
  for (let run = 0; run < 50; run++) {
    let cart: readonly CartLine[] = []
    const counts = new Map<string, number>()
    for (let step = 0; step < 300; step++) {
      const id = `item-${between(random, 0, 4)}`
      const change = random() < 0.7 ? 1 : -1
      cart = changeCart(cart, id, change)
      const units = Math.min(99, Math.max(0, (counts.get(id) ?? 0) + change))
      if (units === 0) counts.delete(id)
      else counts.set(id, units)
    }
    expect(cart).toEqual([...counts].map(([id, quantity]) => ({ id, quantity })))
  }
})
