import { beforeAll, expect, test } from 'vitest'
import { serveBundle } from '../../support/serve-files.ts'
import { until } from './fresh-profile.ts'
import { openTab } from './open-recommender.ts'

let bundle: string
beforeAll(async () => {
  bundle = (await serveBundle()).manifestUrl
})

test('who watches the profile hears of every change of the log, here and in another tab, until the undo', async () => {
  const [one, other] = [await openTab({ bundle }), await openTab({ bundle })]
  await one.recommender.recommend({ placement: 'trending' })
  await other.recommender.recommend({ placement: 'trending' })
  let heard = 0
  let heardElsewhere = 0
  const stop = one.recommender.profile.watch(() => heard++)
  other.recommender.profile.watch(() => heardElsewhere++)

  const changes = [
    () => one.recommender.track({ kind: 'view_item', item: 'item-1' }),
    async () => one.recommender.profile.remove((await one.recommender.profile.events())[0]!.id),
    () => one.recommender.track({ kind: 'view_item', item: 'item-2' }),
    () => one.recommender.profile.erase(),
  ]
  for (const change of changes) {
    const before = [heard, heardElsewhere] as const
    await change()
    await until(async () => heard > before[0] && heardElsewhere > before[1])
  }

  stop()
  const silent = heard
  const elsewhere = heardElsewhere
  await one.recommender.track({ kind: 'view_item', item: 'item-3' })
  await until(async () => heardElsewhere > elsewhere)
  expect(heard).toBe(silent)
})
