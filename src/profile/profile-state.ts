import type { EventRecord, ItemId } from '../core/event.ts'
import type { Card } from '../core/shelf.ts'
import type { Status, Who, WhoChange } from '../protocol.ts'

/** What the profile needs of a recommender. */
export interface ProfileSource {
  cards(ids: readonly ItemId[]): Promise<readonly Card[]>
  status(): Promise<Pick<Status, 'paused' | 'storage'>>
  readonly profile: {
    events(): Promise<EventRecord[]>
    remove(eventId: string): Promise<boolean>
    pause(): Promise<void>
    resume(): Promise<void>
    export(): Promise<string>
    import(json: string): Promise<{ readonly imported: number }>
    erase(): Promise<void>
    who(change?: WhoChange): Promise<Who>
    watch(listener: () => void): () => void
  }
}

/** What the device knows, as it stands. */
export interface Known {
  /** Latest first. */
  readonly events: readonly EventRecord[]
  readonly cards: ReadonlyMap<ItemId, Card>
  readonly paused: boolean
  readonly kept: boolean
  /** Undefined where the file that knows could not be fetched. */
  readonly who: Who | undefined
}

/** The worker looks up so many cards at once. */
const mostCards = 10_000
/** Items that go by another id than their card's, and are looked up one by one. */
const mostVariants = 200

/** Reads everything anew; rejects with a code when the worker does not answer. */
export async function readKnown({ profile, cards, status }: ProfileSource): Promise<Known> {
  const [events, { paused, storage }, who] = await Promise.all([
    profile.events(),
    status(),
    profile.who().catch(() => undefined),
  ])
  const latest = [...events].sort((a, b) => b.time - a.time || b.seq - a.seq)
  const ids = [...new Set(latest.flatMap(({ item }) => item ?? []))].slice(0, mostCards)
  const found = await cards(ids)
  // A variant's card has its item's id, so each is looked up by the id that was asked for.
  const byId = new Map(found.map((card) => [card.id, card]))
  const missing = found.length > 0 ? ids.filter((id) => !byId.has(id)) : []
  const others = await Promise.all(
    missing.slice(0, mostVariants).map(async (id) => [id, (await cards([id]))[0]] as const),
  )
  for (const [id, card] of others) if (card) byId.set(id, card)
  return { events: latest, cards: byId, paused, kept: storage.kind === 'disk', who }
}
