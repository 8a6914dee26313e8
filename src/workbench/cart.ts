export interface CartLine {
  readonly id: string
  /** 1 to 99. */
  readonly quantity: number
}

/** The cart with `change` more (or fewer) units of an item; a line without units goes. */
export function changeCart(cart: readonly CartLine[], id: string, change: number): readonly CartLine[] {
  const before = cart.find((line) => line.id === id)?.quantity ?? 0
  const quantity = Math.min(99, Math.max(0, before + change))
  if (before === 0) return quantity === 0 ? cart : [...cart, { id, quantity }]
  return cart.map((line) => (line.id === id ? { id, quantity } : line)).filter((line) => line.quantity > 0)
}

const key = 'windowshop-sample-cart'

/** The shop's cart is the shop's own: it stays when the recommender's profile is erased. */
export function loadCart(): readonly CartLine[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(key) ?? '[]')
    return Array.isArray(stored) ? stored.filter(isLine) : []
  } catch {
    return []
  }
}

export function saveCart(cart: readonly CartLine[]): void {
  try {
    localStorage.setItem(key, JSON.stringify(cart))
  } catch {
    // Without storage, the cart lives as long as the page.
  }
}

function isLine(line: unknown): line is CartLine {
  const { id, quantity } = (line ?? {}) as Partial<CartLine>
  return typeof id === 'string' && Number.isInteger(quantity) && quantity! > 0 && quantity! < 100
}
