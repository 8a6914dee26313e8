import { noFaults, type Faults, type ShellAnswer, type ShellReport, type ShellRequest } from './shell-api.ts'

/*
 * A shell around the recommender's own worker, unchanged: it imports that worker's file after it has put itself in front
 * of what the worker asks of the browser. So faults can be tried, and files that were dropped on a page can be served.
 */

let faults: Faults = noFaults
let files: ReadonlyMap<string, Uint8Array<ArrayBuffer>> = new Map()
let blocked = 0
const devices: GPUDevice[] = []

const post = (answer: ShellAnswer) => globalThis.postMessage(answer)

globalThis.addEventListener('message', (event: MessageEvent<unknown>) => {
  const { data } = event
  if (typeof data !== 'object' || data === null || !('shell' in data)) return
  // The recommender's worker, which listens too, would refuse it.
  event.stopImmediatePropagation()
  const request = data as ShellRequest
  switch (request.shell) {
    case 'start':
      ;({ faults, files } = request)
      import(/* @vite-ignore */ request.worker).then(
        () => post({ shell: 'ready' }),
        (error: unknown) => post({ shell: 'failed', reason: String(error) }),
      )
      break
    case 'faults':
      ;({ faults } = request)
      break
    case 'lose-gpu':
      for (const device of devices.splice(0)) device.destroy()
      break
    case 'report':
      post({ shell: 'report', ...report() })
  }
})

function report(): ShellReport {
  const entries = performance.getEntriesByType('resource') as PerformanceResourceTiming[]
  return {
    files: entries.map(({ name, encodedBodySize }) => ({ url: name, bytes: encodedBodySize })),
    blocked,
  }
}

const { fetch: fetchOver } = globalThis
globalThis.fetch = async (input, init) => {
  const url = input instanceof Request ? input.url : new URL(input, location.href).href
  const file = files.get(url)
  if (file) return new Response(file)
  if (faults.offline) {
    blocked++
    throw new TypeError('Failed to fetch: the airplane switch is on')
  }
  const response = await fetchOver(input, init)
  if (!faults.broken || !/\.(safetensors|json)$/.test(url)) return response
  const bytes = new Uint8Array(await response.arrayBuffer())
  // A letter of a hash in a manifest, or a number in a table.
  bytes[bytes.length >> 1]! ^= 1
  return new Response(bytes, { status: response.status })
}

/** Runs `before` ahead of every call of a method; what it throws, the caller gets. */
function ahead<T extends object>(prototype: T | undefined, name: keyof T & string, before: () => void): void {
  if (!prototype) return
  const methods = prototype as unknown as Record<string, (...values: unknown[]) => unknown>
  const original = methods[name]!
  methods[name] = function (this: unknown, ...values: unknown[]) {
    before()
    return original.apply(this, values)
  }
}

function refuseWhereFull(): void {
  if (faults.full) throw new DOMException('The quota has been exceeded.', 'QuotaExceededError')
}

ahead(globalThis.IDBObjectStore?.prototype, 'put', refuseWhereFull)
ahead(globalThis.IDBObjectStore?.prototype, 'add', refuseWhereFull)
ahead(globalThis.Cache?.prototype, 'put', refuseWhereFull)

if (globalThis.GPUAdapter) {
  const { requestDevice } = GPUAdapter.prototype
  GPUAdapter.prototype.requestDevice = async function (this: GPUAdapter, descriptor) {
    const device = await requestDevice.call(this, descriptor)
    devices.push(device)
    return device
  }
}
