import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import { isWhole } from '../../src/service-worker/whole-body.ts'

const url = (name: string) => new URL(name, 'https://shop.example/bundle/')

it('keeps a whole answer', async () => {
  expect(await isWhole(url('page.html'), new Response('abc', { headers: { 'content-length': '3' } }))).toBe(true)
})

it('refuses errors, and bodies shorter than announced', async () => {
  expect(await isWhole(url('page.html'), new Response('abc', { status: 404 }))).toBe(false)
  expect(await isWhole(url('page.html'), new Response('ab', { headers: { 'content-length': '3' } }))).toBe(false)
})

it('does not compare the length of a compressed body', async () => {
  const headers = { 'content-length': '3', 'content-encoding': 'br' }
  expect(await isWhole(url('page.html'), new Response('abcdef', { headers }))).toBe(true)
})

it('refuses a body that breaks off', async () => {
  const body = new ReadableStream({
    pull(controller) {
      controller.enqueue(new Uint8Array([1, 2, 3]))
      controller.error(new Error('connection closed'))
    },
  })
  expect(await isWhole(url('page.html'), new Response(body))).toBe(false)
})

it('holds a file to the hash in its name', async () => {
  const bytes = new Uint8Array([1, 2, 3, 4])
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 12)
  expect(await isWhole(url(`table-0.${hash}.safetensors`), new Response(bytes))).toBe(true)
  bytes[2] = 9
  expect(await isWhole(url(`table-0.${hash}.safetensors`), new Response(bytes))).toBe(false)
})
