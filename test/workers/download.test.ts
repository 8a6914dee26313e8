import { afterEach, expect, test, vi } from 'vitest'
import { download } from '../../workers/download.ts'

const url = 'https://shop.example/windowshop/head.safetensors'

afterEach(() => vi.unstubAllGlobals())

/** A server that answers with this. */
function answer(response: () => Response): RequestInit[] {
  const asked: RequestInit[] = []
  vi.stubGlobal('fetch', async (_: string, init: RequestInit) => {
    asked.push(init)
    return response()
  })
  return asked
}

test('a body without an end is read no further than what was declared, and let go', async () => {
  let sent = 0
  let cancelled = false
  const endless = () =>
    new ReadableStream({
      pull(controller) {
        sent += 1000
        controller.enqueue(new Uint8Array(1000))
        if (sent > 1_000_000) controller.close()
      },
      cancel() {
        cancelled = true
      },
    })
  answer(() => new Response(endless()))
  await expect(download(url, { maxBytes: 5000 })).rejects.toMatchObject({ code: 'bundle-length' })
  expect(sent).toBeLessThan(10_000)
  expect(cancelled).toBe(true)
})

test('a body in pieces arrives whole', async () => {
  const pieces = [Uint8Array.of(1, 2), Uint8Array.of(), Uint8Array.of(3)]
  answer(() => new Response(new Blob(pieces)))
  expect(await download(url, { maxBytes: 3 })).toEqual(Uint8Array.of(1, 2, 3))
})

test('a connection that breaks, and a status that is no success, are unreachable', async () => {
  const broken = () => new ReadableStream({ pull: (controller) => controller.error(new TypeError('reset')) })
  answer(() => new Response(broken()))
  await expect(download(url, { maxBytes: 10 })).rejects.toMatchObject({ code: 'bundle-unreachable' })
  answer(() => new Response('gone', { status: 404 }))
  await expect(download(url, { maxBytes: 10 })).rejects.toMatchObject({
    code: 'bundle-unreachable',
    details: { got: 404 },
  })
})

test('a request says nothing of the shopper', async () => {
  const asked = answer(() => new Response('x'))
  await download(url, { maxBytes: 10 })
  expect(asked).toMatchObject([{ credentials: 'omit', referrerPolicy: 'no-referrer' }])
})
