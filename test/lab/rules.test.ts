import { beforeAll, expect, test } from 'vitest'
import type { Bundle } from '../../src/bundle/bundle.ts'
import { openBundle } from '../../src/bundle/open-bundle.ts'
import { packBundle } from '../../src/bundle/pack.ts'
import { filesWithRules } from '../../src/builder/rules/with-rules.ts'
import type { EventRecord } from '../../src/core/event.ts'
import { createFold } from '../../src/core/fold.ts'
import type { Rule } from '../../src/core/rule.ts'
import type { Shelf } from '../../src/core/shelf.ts'
import { createLab } from '../../src/lab/create-lab.ts'
import type { LabApi, RulesRequest } from '../../src/lab/lab-api.ts'
import { answerPage } from '../../src/pipeline/answer-page.ts'
import { applyRules } from '../../src/pipeline/rules/apply-rules.ts'
import { createPlainScorer } from '../../src/scoring/plain-scorer.ts'
import { noon, randomLog } from '../support/random-log.ts'
import { randomPackInput } from '../support/random-bundle.ts'
import { seededRandom } from '../support/seed.ts'

const address = 'https://shop.test/bundle/manifest.json'
const items = 300
const day = 86_400_000
const filed: readonly Rule[] = [{ name: 'ours', boost: { items: ['item-200'] }, by: 50 }]
let bundle: Bundle
let lab: LabApi
let events: EventRecord[]

beforeAll(async () => {
  const random = seededRandom('lab rules')
  const packed = await packBundle(randomPackInput({ items, random }))
  bundle = openBundle(packed.manifest, packed.files)
  const ruled = await filesWithRules(packed.manifest, filed)
  events = randomLog(random, { events: 40, items })
  lab = createLab()
  const files = new Map(
    [...packed.files, ...ruled.files].map(([name, bytes]) => [new URL(name, address).href, bytes] as const),
  )
  expect((await lab.open({ manifest: address, files })).rules).toEqual(filed)
  await lab.shopper({ events, now: noon })
})

/** What the shop itself would answer, with these rules. */
async function served(rules: readonly Rule[], now = noon): Promise<Shelf['items']> {
  const fold = createFold()
  fold.append(events)
  const shop = { bundle, scorer: createPlainScorer(bundle.table), rules: applyRules(rules) }
  const [answer] = await answerPage(shop, fold, [{ placement: 'for-you', limit: 12 }], now)
  return (answer as Shelf).items
}

const asked: Omit<RulesRequest, 'rules'> = { placement: 'for-you', visitor: 'you', at: noon, limit: 12 }
const ids = (list: readonly { readonly card: { readonly id: string } }[]) => list.map(({ card }) => card.id)

test('the lab asks with the rules of the bundle’s file, and a score taken apart names them', async () => {
  const { lists } = await lab.tune({ placement: 'for-you', limit: 12, settings: [{}] })
  expect(ids(lists[0]!)).toEqual(ids(await served(filed)))
  const { score, events: parts, priors, repeat, rules } = (await lab.decompose({ item: 'item-200', settings: {} }))!
  expect(rules).toEqual([{ name: 'ours', part: 50 }])
  const sum = [...parts.map((each) => each.sum), ...priors.map(({ part }) => part), repeat, 50]
  expect(sum.reduce((all, part) => all + part, 0)).toBeCloseTo(score, 4)
})

test('a preview shows the shelf that the shop would show at that moment, and tells what each rule has done', async () => {
  const [first, second, third] = ids(await served([]))
  const rules: readonly Rule[] = [
    { name: 'away', hide: { items: [first!] } },
    { name: 'later', hide: { items: [second!] }, when: { from: new Date(noon + 2 * day).toISOString().slice(0, 10) } },
    { name: 'up', pin: [third!] },
    { name: 'elsewhere', boost: { items: ['nowhere'] }, by: 1, when: { placement: 'trending' } },
  ]
  for (const at of [noon, noon + 5 * day]) {
    const preview = await lab.previewRules({ ...asked, rules, at })
    const isLater = at > noon
    expect(ids(preview.without)).toEqual(ids(await served([], at)))
    expect(ids(preview.with)).toEqual(ids(await served(rules, at)))
    expect(preview.hold).toEqual(isLater ? ['away', 'later', 'up'] : ['away', 'up'])
    expect(preview.unknown).toEqual(['elsewhere: item nowhere'])
    if (isLater) continue
    expect(preview.removed.map(({ card, rules: names }) => [card.id, names])).toEqual([[first, ['away']]])
    expect(preview.touched.map(({ card, rules: names }) => [card.id, names])).toEqual([[third, ['up']]])
  }
})

test('a preview for somebody new knows nothing of the log', async () => {
  const rules: readonly Rule[] = [{ name: 'welcome', pin: ['item-250'], when: { segment: 'new' } }]
  expect((await lab.previewRules({ ...asked, rules })).hold).toEqual([])
  const preview = await lab.previewRules({ ...asked, rules, visitor: 'new' })
  expect(preview.hold).toEqual(['welcome'])
  expect(ids(preview.with)[0]).toBe('item-250')
})

test('what is malformed is refused, and leaves the rules in use alone', async () => {
  await expect(lab.previewRules({ ...asked, rules: [{ name: 'x' }] })).rejects.toMatchObject({
    code: 'rules-malformed',
  })
  await expect(lab.useRules([{ name: 'x' } as never])).rejects.toMatchObject({ code: 'rules-malformed' })
  const { hiddenByRules } = (await lab.decompose({ item: 'item-1', settings: {} }))!
  expect(hiddenByRules).toEqual([])
  await lab.useRules([{ name: 'gone', hide: { items: ['item-1'] } }])
  expect((await lab.decompose({ item: 'item-1', settings: {} }))!.hiddenByRules).toEqual(['gone'])
  await lab.useRules(filed)
})
