import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildBundle } from '../../src/builder/build-bundle.ts'
import { openBundle } from '../../src/bundle/open-bundle.ts'
import type { Random } from '../../src/core/random.ts'
import { between } from '../support/seed.ts'
import type { FaultRow } from './fault-row.ts'

/** How many marks one build is planted with: a run each. */
const plantsPerBuild = 20

/** In the log that a bundle is built from: what one to four customers alone have done, and their addresses. */
export const plantedCustomers: FaultRow = {
  id: 'planted-customers',
  kind: 'bad input',
  fault: "single customers' pairs, e-mail addresses and rare searches in the builder's input",
  holds: 'in no byte of the bundle',
  runs: { test: 20, ci: 100, release: 500 },

  async open() {
    let found: { bytes: Buffer; neighbours: ReadonlySet<string>; plants: readonly Plant[] } | undefined
    return {
      async run(random, n) {
        const at = n % plantsPerBuild
        if (at === 0 || !found) found = await build(random)
        const { bytes, neighbours, plants } = found
        const { texts, pair } = plants[at]!
        for (const text of texts)
          if (bytes.includes(text) || bytes.includes(Buffer.from(text, 'utf16le')))
            throw new Error(`${text} is in the bundle`)
        if (neighbours.has(pair.join(' ')) || neighbours.has(pair.toReversed().join(' ')))
          throw new Error(`the pair ${pair.join(', ')} of one customer is in the bundle`)
        return 1
      },
    }
  },
}

interface Plant {
  /** Names, addresses, searches. */
  readonly texts: readonly string[]
  /** Items that nobody else had together. */
  readonly pair: readonly [string, string]
}

async function build(random: Random) {
  const folder = await mkdtemp(join(tmpdir(), 'windowshop-planted-'))
  try {
    const mark = () => Array.from({ length: 16 }, () => 'abcdefghijkmnpqrstuvwxyz'[between(random, 0, 23)]!).join('')
    const items = Array.from({ length: 60 }, (_, i) => `SKU-${i}`)
    const rows: object[] = []
    let time = Date.UTC(2026, 0, 1)
    const view = (user: string, event: object) =>
      rows.push({ user_id: user, timestamp: new Date((time += 60_000)).toISOString(), ...event })
    // The others: each day of the catalogue is popular, but no pair crosses from one half into the other.
    for (let c = 0; c < 200; c++) {
      const half = (c % 2) * 30
      for (let i = 0; i < 6; i++)
        view(`customer-${c}`, {
          event_name: 'purchase',
          transaction_id: `o-${c}`,
          item_id: items[half + between(random, 0, 29)]!,
        })
      view(`customer-${c}`, { event_name: 'search', query: c % 2 ? 'lamp' : 'tent' })
    }
    const plants = Array.from({ length: plantsPerBuild }, (_, p): Plant => {
      const [email, rare, order, gift] = [`${mark()}@example.com`, mark(), mark(), mark()]
      const pair = [items[p]!, items[30 + p]!] as const
      const customers = between(random, 1, 4)
      for (let c = 0; c < customers; c++) {
        const user = `${c}${email}`
        for (const item of pair) view(user, { event_name: 'purchase', transaction_id: `${order}-${c}`, item_id: item })
        view(user, { event_name: 'search', query: rare })
        view(user, { event_name: 'view_item', item_id: gift })
      }
      return { texts: [email, rare, order, gift], pair }
    })
    const events = join(folder, 'events.jsonl')
    const catalogue = join(folder, 'catalogue.csv')
    await writeFile(events, rows.map((row) => JSON.stringify(row)).join('\n'))
    const lines = items.map((id, i) => `${id},Thing ${i},${1 + i},Things`)
    await writeFile(catalogue, ['id,title,price,category', ...lines].join('\n'))
    const { manifest, files } = await buildBundle({ events, catalogue })
    const bundle = openBundle(manifest, files)
    const neighbours = new Set<string>()
    for (let row = 0; row < bundle.table.items; row++)
      for (const other of bundle.neighbours(row).rows) neighbours.add(`${bundle.idOf(row)} ${bundle.idOf(other)}`)
    if (neighbours.size === 0) throw new Error('the builder has learned no neighbours')
    return { bytes: Buffer.concat([...files.values()]), neighbours, plants }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
