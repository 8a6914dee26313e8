import type { EventKind } from '../../core/event.ts'

/** What an adapter has understood of a vendor's event. */
export interface Signal {
  readonly kind: EventKind
  readonly items: readonly SignalItem[]
  readonly order?: string | undefined
  readonly query?: string | undefined
}

export interface SignalItem {
  /** Whatever may be the shop's id of the item, the most special first: variant, SKU, product, handle. */
  readonly ids: readonly string[]
  readonly quantity?: number | undefined
  /** Of one unit. */
  readonly price?: number | undefined
  readonly category?: string | undefined
}

/** Tells what an adapter has heard. */
export type Hear = (signal: Signal) => void

export type Fields = { readonly [name: string]: unknown }

/** A vendor's object, or an empty one: what is not there is undefined, and nothing throws. */
export function fieldsOf(value: unknown): Fields {
  return (typeof value === 'object' && value !== null ? value : {}) as Fields
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value.slice(0, 200) : []
}

/** The values that may be ids: texts and numbers, without doubles. */
export function idsOf(...values: readonly unknown[]): string[] {
  const texts = values.flatMap((value) => {
    const text = typeof value === 'number' ? String(value) : value
    return typeof text === 'string' && text.trim() !== '' && text.length <= 128 ? [text.trim()] : []
  })
  return [...new Set(texts)]
}

export function numberOf(value: unknown): number | undefined {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  return typeof number === 'number' && Number.isFinite(number) && number >= 0 ? number : undefined
}

export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined
}
