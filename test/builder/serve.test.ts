import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliDecompressSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { serve, type ServeOptions, type StaticServer } from '../../src/builder/serve.ts'

describe('the static server', () => {
  let folder: string
  const open: StaticServer[] = []

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'windowshop-serve-'))
    await mkdir(join(folder, 'site/assets'), { recursive: true })
    await mkdir(join(folder, 'bundle'))
    await writeFile(join(folder, 'secret.txt'), 'not to be served')
    await writeFile(join(folder, 'site/index.html'), '<title>shop</title>')
    await writeFile(join(folder, 'site/catalogue.json'), JSON.stringify(Array(1000).fill('tent')))
    await writeFile(join(folder, 'bundle/head.0123456789abcdef.safetensors'), new Uint8Array(64))
    await writeFile(join(folder, 'bundle/manifest.json'), '{}')
  })

  afterEach(async () => {
    await Promise.all(open.splice(0).map((server) => server.close()))
    await rm(folder, { recursive: true })
  })

  async function start(options: Partial<ServeOptions> = {}): Promise<StaticServer> {
    const mounts = { '/': join(folder, 'site'), '/bundle/': join(folder, 'bundle') }
    const server = await serve({ mounts, port: 0, ...options })
    open.push(server)
    return server
  }

  test('answers from the folder of the longest matching path, with types', async () => {
    const { url } = await start()
    const page = await fetch(url)
    expect(page.headers.get('content-type')).toBe('text/html;charset=utf-8')
    expect(await page.text()).toBe('<title>shop</title>')
    const shard = await fetch(`${url}bundle/head.0123456789abcdef.safetensors`)
    expect(shard.headers.get('content-type')).toBe('application/octet-stream')
    expect((await shard.arrayBuffer()).byteLength).toBe(64)
    expect((await fetch(`${url}bundle/nothing.json`)).status).toBe(404)
  })

  test('looks through the folders of one path in their order', async () => {
    await mkdir(join(folder, 'more'))
    await writeFile(join(folder, 'more/index.html'), 'hidden')
    await writeFile(join(folder, 'more/more.txt'), 'more')
    const { url } = await start({ mounts: { '/': [join(folder, 'site'), join(folder, 'more')] } })
    expect(await (await fetch(url)).text()).toBe('<title>shop</title>')
    expect(await (await fetch(`${url}more.txt`)).text()).toBe('more')
  })

  test('lets only files named after their content be kept without asking', async () => {
    const { url } = await start()
    const lifetime = async (path: string) => (await fetch(url + path)).headers.get('cache-control')
    expect(await lifetime('bundle/head.0123456789abcdef.safetensors')).toBe('public, max-age=31536000, immutable')
    for (const path of ['', 'catalogue.json', 'bundle/manifest.json'])
      expect(await lifetime(path), path).toBe('no-cache')
  })

  test('answers 304 to a known ETag, and the new bytes once the file has changed', async () => {
    const { url } = await start()
    const etag = (await fetch(`${url}bundle/manifest.json`)).headers.get('etag')!
    const again = () => fetch(`${url}bundle/manifest.json`, { headers: { 'if-none-match': etag } })
    expect((await again()).status).toBe(304)
    await writeFile(join(folder, 'bundle/manifest.json'), '[]')
    await utimes(join(folder, 'bundle/manifest.json'), 1, 1)
    expect(await (await again()).text()).toBe('[]')
  })

  test('compresses for clients that take Brotli, where it pays', async () => {
    const { url } = await start()
    const plain = JSON.stringify(Array(1000).fill('tent'))
    const small = await raw(`${url}catalogue.json`, { 'accept-encoding': 'gzip, br' })
    expect(small.headers['content-encoding']).toBe('br')
    expect(small.body.length).toBeLessThan(plain.length / 10)
    expect(brotliDecompressSync(small.body).toString()).toBe(plain)
    const whole = await raw(`${url}catalogue.json`, {})
    expect(whole.headers['content-encoding']).toBeUndefined()
    expect(whole.body.toString()).toBe(plain)
    const tiny = await raw(`${url}bundle/manifest.json`, { 'accept-encoding': 'br' })
    expect(tiny.headers['content-encoding']).toBeUndefined()
  })

  test.each([
    '../secret.txt',
    '%2e%2e/secret.txt',
    '..%2fsecret.txt',
    'assets/../../secret.txt',
    '%00',
    '%ff',
    'assets',
  ])('serves nothing for %s', async (path) => {
    const { url } = await start()
    expect((await raw(url + path, {})).status).toBe(404)
  })

  test('answers with a stand-in for what is missing below its path, and only there', async () => {
    const { url } = await start({ standIns: { '/pictures/': '/index.html' } })
    const page = await (await fetch(url)).text()
    expect(await (await fetch(`${url}pictures/none.svg`)).text()).toBe(page)
    expect((await fetch(`${url}none.svg`)).status).toBe(404)
  })

  test('takes another port where the wanted one is in use', async () => {
    const first = await start()
    const port = Number(new URL(first.url).port)
    const second = await start({ port })
    expect(second.url).not.toBe(first.url)
    expect((await fetch(second.url)).status).toBe(200)
  })

  test('logs every request, and opens itself to other origins only when told to', async () => {
    const server = await start({
      crossOrigin: true,
      headers: () => ({ 'Content-Security-Policy': "default-src 'self'" }),
    })
    const answer = await fetch(`${server.url}bundle/manifest.json?x=1`)
    expect(answer.headers.get('access-control-allow-origin')).toBe('*')
    expect(answer.headers.get('content-security-policy')).toBe("default-src 'self'")
    expect((await fetch(server.url, { method: 'POST' })).status).toBe(405)
    expect(server.requests.map(({ method, url }) => `${method} ${url}`)).toEqual([
      'GET /bundle/manifest.json?x=1',
      'POST /',
    ])
    const closed = await start()
    expect((await fetch(closed.url)).headers.get('access-control-allow-origin')).toBeNull()
  })
})

/** A request whose path and body nobody rewrites. */
function raw(url: string, headers: Record<string, string>) {
  const { port } = new URL(url)
  const path = url.slice(url.indexOf('/', 'http://'.length))
  return new Promise<{ status: number; headers: Record<string, unknown>; body: Buffer }>((resolve, reject) => {
    request({ port, path, headers, host: 'localhost' }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () =>
        resolve({ status: response.statusCode!, headers: response.headers, body: Buffer.concat(chunks) }),
      )
    })
      .on('error', reject)
      .end()
  })
}
