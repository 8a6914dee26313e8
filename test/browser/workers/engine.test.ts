import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Recommender } from '../../../src/index.ts'
import { createRecommender } from '../../../src/recommender.ts'
import { serveBundle, type ServedBundle } from '../../support/serve-files.ts'

let served: ServedBundle
beforeAll(async () => {
  served = await serveBundle()
})

const open: Recommender[] = []
async function start(): Promise<Recommender> {
  const recommender = await createRecommender({ bundle: served.manifestUrl, consent: 'granted', scorer: 'wasm' })
  open.push(recommender)
  return recommender
}
afterEach(async () => {
  for (const recommender of open.splice(0)) {
    recommender.close()
  }
})

describe('the worker, end to end', () => {
  test('a shelf comes from the bundle', async () => {
    const recommender = await start()
    const shelf = await recommender.recommend({ placement: 'for-you' })
    console.log(JSON.stringify(await recommender.status()))
    expect(shelf).toMatchObject({ placement: 'for-you' })
  })
})
