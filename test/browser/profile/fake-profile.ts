import type { EventKind, EventRecord } from '../../../src/core/event.ts'
import type { ProfileSource } from '../../../src/profile/profile-state.ts'
import type { Who, WhoChange } from '../../../src/protocol.ts'

/** A recommender of plain objects: the test says what it knows, and sees what it was told. */
export interface FakeProfile extends ProfileSource {
  events: EventRecord[]
  who: Who
  paused: boolean
  kept: boolean
  /** What was asked for, in words. */
  readonly told: string[]
  /** Every call from now on fails. */
  broken: boolean
  /** The log has changed, here or in another tab. */
  change(): void
}

export function fakeEvent(n: number, kind: EventKind = 'view_item', item: string | undefined = `i${n}`): EventRecord {
  return { id: `e${n}`, seq: n, profile: 'default', time: Date.UTC(2026, 5, 1, n), kind, ...(item && { item }) }
}

/** Items `i0`, `i1`, ... are lamps and tents of two brands. */
export function createFakeProfile(events: readonly EventRecord[]): FakeProfile {
  const listeners = new Set<() => void>()
  const told: string[] = []
  async function act(what: string, work: () => void): Promise<void> {
    if (fake.broken) throw new Error('injected')
    told.push(what)
    work()
    fake.change()
  }
  const fake: FakeProfile = {
    events: [...events],
    who: { account: false, names: [], gift: false },
    paused: false,
    kept: true,
    told,
    broken: false,
    change: () => listeners.forEach((listener) => listener()),
    cards: async (ids) =>
      ids.map((id) => {
        const even = Number(id.slice(1)) % 2 === 0
        const [category, brand] = even ? ['Home > Lamps', 'Alder'] : ['Outdoor > Tents', 'Birch']
        return { id, title: `Item ${id}`, url: `/${id}`, currency: 'EUR', category, brand }
      }),
    status: async () => ({
      paused: fake.paused,
      storage: { kind: fake.kept ? 'disk' : 'memory', events: fake.events.length },
    }),
    profile: {
      events: async () => fake.events,
      async remove(id) {
        await act(`remove ${id}`, () => (fake.events = fake.events.filter((event) => event.id !== id)))
        return true
      },
      pause: () => act('pause', () => (fake.paused = true)),
      resume: () => act('resume', () => (fake.paused = false)),
      async export() {
        await act('export', () => {})
        return '{"saved":true}'
      },
      async import(json) {
        if (!json.startsWith('{')) throw new Error('no saved copy')
        await act(`import ${json}`, () => {})
        return { imported: 3 }
      },
      erase: () => act('erase', () => (fake.events = [])),
      async who(change?: WhoChange) {
        if (change) await act(JSON.stringify(change), () => (fake.who = changed(fake.who, change)))
        return fake.who
      },
      watch(listener) {
        listeners.add(listener)
        return () => listeners.delete(listener)
      },
    },
  }
  return fake
}

function changed({ name: before = '', names: all, gift: given, account }: Who, change: WhoChange): Who {
  const names = all.filter((name) => name !== change.forget)
  const name = change.name ?? (change.forget === before ? '' : before)
  return {
    account,
    ...(name && { name }),
    names: name && !names.includes(name) ? [...names, name] : names,
    gift: change.gift ?? given,
  }
}
