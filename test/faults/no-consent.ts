import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright'
import { startKillable } from '../support/killable-browser.ts'
import type { FaultRow } from './fault-row.ts'
import { openFaultShop } from './fault-shop.ts'
import { checkQuiet } from './lab/check-quiet.ts'
import { labPage, openLab, type Lab, type Visit } from './lab/open-lab.ts'

/** A shopper who says nothing, says no, has said yes and takes it back, or has all of it erased. */
export const noConsent: FaultRow = {
  id: 'no-consent',
  kind: 'privacy',
  fault: 'no consent, denial, Global Privacy Control, withdrawal, erasing with two tabs, then a kill and a restart',
  holds: 'nothing is stored by script, nothing comes back',
  runs: { test: 6, ci: 24, release: 100 },

  async open() {
    const lab = await openLab()
    const ways = [
      (visit: Visit) => never(visit, 'unknown'),
      (visit: Visit) => never(visit, 'denied'),
      globalPrivacyControl,
      withdrawn,
      erased,
    ]
    return {
      async run(_random, n) {
        if (n % (ways.length + 1) === ways.length) return erasedAndKilled()
        return inVisit(lab, ways[n % (ways.length + 1)]!)
      },
      close: () => lab.close(),
    }
  },
}

async function inVisit(lab: Lab, work: (visit: Visit) => Promise<number>): Promise<number> {
  const visit = await lab.visit()
  try {
    const seen = await work(visit)
    await checkQuiet(visit)
    return seen
  } finally {
    await visit.close()
  }
}

/** Everything that a script can have stored. */
function stored(page: Page): Promise<string[]> {
  return page.evaluate(async () => [
    ...(await indexedDB.databases()).map(({ name }) => `database ${name}`),
    ...(await caches.keys()).map((name) => `cache ${name}`),
    ...Object.keys(localStorage).map((name) => `localStorage ${name}`),
    ...Object.keys(sessionStorage).map((name) => `sessionStorage ${name}`),
    ...(document.cookie ? [`cookie ${document.cookie}`] : []),
  ])
}

async function checkNothing(page: Page): Promise<void> {
  const left = await stored(page)
  if (left.length > 0) throw new Error(`stored: ${left.join(', ')}`)
}

/** Opens, looks at an item, sees a shelf. */
function shopFor(page: Page, name: string, consent: 'granted' | 'denied' | 'unknown') {
  return page.evaluate(
    async ({ called, state }) => {
      const { recommender } = await globalThis.lab.open(called, { consent: state })
      const said = await recommender.track({ kind: 'view_item', item: 'private' })
      const shelf = await recommender.recommend({ placement: 'for-you' })
      return { stored: 'stored' in said ? said.stored : said.refused, shown: 'items' in shelf }
    },
    { called: name, state: consent },
  )
}

async function never({ page }: Visit, consent: 'unknown' | 'denied' | 'granted'): Promise<number> {
  const { stored: where, shown } = await shopFor(page, 'shopper', consent)
  if (where !== 'memory' || !shown) throw new Error(`${consent}: ${where}, a shelf: ${shown}`)
  await checkNothing(page)
  return 1
}

/** The browser says it for the shopper, and the shop's tag says otherwise. */
async function globalPrivacyControl(visit: Visit): Promise<number> {
  await visit.page.evaluate(() => Object.defineProperty(navigator, 'globalPrivacyControl', { value: true }))
  return never(visit, 'granted')
}

async function withdrawn({ page, tab }: Visit): Promise<number> {
  const other = await tab()
  await shopFor(other, 'other', 'granted')
  await shopFor(page, 'shopper', 'granted')
  const before = (await stored(page)).length
  await page.evaluate(() => globalThis.lab.of('shopper').recommender.consent('denied'))
  // What was under way in the other tab must not come back.
  await other.evaluate(() => globalThis.lab.of('other').recommender.track({ kind: 'view_item', item: 'late' }))
  for (const each of [page, other])
    if ((await eventsIn(each)).includes('private')) throw new Error('the event of before is remembered')
  await checkNothing(page)
  return before > 0 ? 1 : 0
}

async function erased({ page, tab }: Visit): Promise<number> {
  const other = await tab()
  await shopFor(other, 'other', 'granted')
  await shopFor(page, 'shopper', 'granted')
  const before = (await eventsIn(page)).length
  await page.evaluate(() => globalThis.lab.of('shopper').recommender.profile.erase())
  await other.waitForFunction(async () => (await globalThis.lab.of('other').recommender.profile.events()).length === 0)
  await other.evaluate(() => globalThis.lab.of('other').recommender.track({ kind: 'view_item', item: 'late' }))
  const left = await eventsIn(other)
  if (left.join() !== 'late') throw new Error(`after erasing: ${left.join()}`)
  return before
}

function eventsIn(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    for (const name of ['shopper', 'other']) {
      const opened = globalThis.lab.of(name) as ReturnType<typeof globalThis.lab.of> | undefined
      if (opened) return (await opened.recommender.profile.events()).map(({ item }) => item ?? '')
    }
    return []
  })
}

/** Erased with two tabs open; the browser is killed at once and starts again. */
async function erasedAndKilled(): Promise<number> {
  const shop = await openFaultShop({ files: { 'lab.html': labPage } })
  const profile = await mkdtemp(join(tmpdir(), 'windowshop-erased-'))
  const visit = async (work: (page: Page, second: Page) => Promise<number>) => {
    const browser = await startKillable(profile)
    try {
      const second = await browser.page.context().newPage()
      for (const page of [browser.page, second]) {
        await page.goto(`${shop.server.url}lab.html`)
        await page.waitForFunction(() => 'lab' in globalThis)
      }
      return await work(browser.page, second)
    } finally {
      await browser.kill()
    }
  }
  const worker = '/windowshop.worker.js'
  try {
    const before = await visit(async (page, second) => {
      for (const each of [page, second])
        await each.evaluate(async (address) => {
          const { recommender } = await globalThis.lab.open('shopper', { worker: address })
          for (let n = 0; n < 20; n++) await recommender.track({ kind: 'view_item', item: `private-${n}` })
        }, worker)
      const count = (await eventsIn(page)).length
      await page.evaluate(() => globalThis.lab.of('shopper').recommender.profile.erase())
      return count
    })
    const left = await visit((page) =>
      page.evaluate(async (address) => {
        const { recommender } = await globalThis.lab.open('shopper', { worker: address })
        return (await recommender.profile.events()).length
      }, worker),
    )
    if (left > 0) throw new Error(`${left} of ${before} events have come back`)
    return before
  } finally {
    await shop.close()
    await rm(profile, { recursive: true, force: true, maxRetries: 5 })
  }
}
