import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { ChangeNotice } from '../../src/protocol.ts'
import { connectWorker } from '../../src/worker-client/connect-worker.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

interface Call {
  readonly id: string
  readonly path: readonly string[]
  readonly argumentList: readonly { value: unknown }[]
}

/** A worker that answers as it is told, or not at all. */
class FakeWorker {
  onmessage?: (event: { data: unknown }) => void
  onerror?: (event: { preventDefault(): void }) => void
  terminated = false
  readonly calls: Call[] = []
  readonly #answer: (call: Call) => object | undefined
  constructor(answer: (call: Call) => object | undefined) {
    this.#answer = answer
  }
  postMessage(call: Call): void {
    this.calls.push(call)
    const answer = this.#answer(call)
    if (answer && !this.terminated) void Promise.resolve().then(() => this.say({ id: call.id, ...answer }))
  }
  say(data: unknown): void {
    this.onmessage?.({ data })
  }
  terminate(): void {
    this.terminated = true
  }
}

function connected(answer: (call: Call, worker: number) => object | undefined) {
  const workers: FakeWorker[] = []
  const notices: ChangeNotice[] = []
  const connection = connectWorker({
    start() {
      const number = workers.length
      workers.push(new FakeWorker((call) => answer(call, number)))
      return workers.at(-1) as unknown as Worker
    },
    greet: () => [['pause', false]],
    notice: (notice) => notices.push(notice),
  })
  return { ...connection, workers, notices }
}

const value = (given: unknown) => ({ type: 'RAW', value: given })
const outcome = (promise: Promise<unknown>) => promise.catch((error: { code?: string }) => error.code)

test('a call is answered, and leaves no timer behind', async () => {
  const { call, workers } = connected(({ path }) => value(path[0]))
  expect(await call('events')).toBe('events')
  await vi.advanceTimersByTimeAsync(1000)
  expect(vi.getTimerCount()).toBe(0)
  expect(workers[0]!.calls.map(({ path }) => path[0])).toEqual(['pause', 'events'])
})

test('what the worker throws is thrown here, with its code and details', async () => {
  const thrown = { type: 'HANDLER', name: 'throw', value: { code: 'storage-full', details: { where: 'log' } } }
  const { call } = connected(() => thrown)
  await expect(call('erase')).rejects.toMatchObject({
    name: 'WindowshopError',
    code: 'storage-full',
    details: { where: 'log' },
  })
})

test('notices are passed on', async () => {
  const { call, workers, notices } = connected(() => value(1))
  await call('status')
  const notice: ChangeNotice = { windowshop: 'changed', cause: 'event' }
  workers[0]!.say(notice)
  workers[0]!.say(undefined)
  expect(notices).toEqual([notice])
})

test('a worker that falls silent is replaced within two seconds; the call settles and the next one is served', async () => {
  const { call, workers } = connected(({ path }, worker) =>
    worker === 0 && path[0] !== 'pause' ? undefined : value('served'),
  )
  await vi.advanceTimersByTimeAsync(10)
  const lost = outcome(call('events'))
  await vi.advanceTimersByTimeAsync(2000)
  expect(await lost).toBe('worker-failed')
  expect(workers.map(({ terminated }) => terminated)).toEqual([true, false])
  expect(await call('events')).toBe('served')
})

test('what is tracked, and lists, are asked for once more, of the worker that takes over', async () => {
  const { call, workers } = connected(({ path }, worker) =>
    worker === 0 && path[0] !== 'pause' ? undefined : value(`${path[0]} of worker ${worker}`),
  )
  await vi.advanceTimersByTimeAsync(10)
  const asked = [call('track', []), call('page', []), call('rerank', []), call('remove', 'x')]
  const outcomes = Promise.all(asked.map(outcome))
  await vi.advanceTimersByTimeAsync(2000)
  expect(await outcomes).toEqual(['track of worker 1', 'page of worker 1', 'rerank of worker 1', 'worker-failed'])
  expect(workers[1]!.calls.map(({ path }) => path[0])).toEqual(['pause', 'track', 'page', 'rerank'])
  expect(workers[1]!.calls[1]!.id).toBe(workers[0]!.calls[1]!.id)
  await vi.advanceTimersByTimeAsync(1000)
  expect(vi.getTimerCount()).toBe(0)
})

test('what two workers have lost is refused with a code', async () => {
  const { call, workers } = connected(() => undefined)
  const lost = outcome(call('track', []))
  for (const worker of [0, 1]) {
    await vi.advanceTimersByTimeAsync(1)
    expect(workers[worker]!.calls.map(({ path }) => path[0])).toEqual(['pause', 'track'])
    workers[worker]!.onerror!({ preventDefault() {} })
  }
  expect(await lost).toBe('worker-failed')
})

test('a call that is asked for once more has the deadline of the first time', async () => {
  const { call } = connected(({ path }) => (path[0] === 'pause' ? value(0) : undefined))
  await vi.advanceTimersByTimeAsync(10)
  const lost = outcome(call('track', []))
  await vi.advanceTimersByTimeAsync(5000)
  expect(await lost).toBe('timeout')
})

test('a worker that is busy with one call but answers whether it is there is left alone', async () => {
  const { call, workers } = connected(({ path }) => (path[0] === 'page' ? undefined : value('here')))
  await vi.advanceTimersByTimeAsync(10)
  const slow = outcome(call('page', []))
  await vi.advanceTimersByTimeAsync(4900)
  expect(workers.length).toBe(1)
  await vi.advanceTimersByTimeAsync(200)
  expect(await slow).toBe('timeout')
  expect(workers.length).toBe(1)
})

test('workers that keep dying are replaced five times, each later than the one before; then every call fails at once', async () => {
  const { call, workers } = connected(({ path }) => (path[0] === 'pause' ? value(0) : undefined))
  const lives: number[] = []
  for (let death = 0; death < 6; death++) {
    const outcomes: unknown[] = []
    let seconds = 0
    while (!outcomes.includes('worker-failed')) {
      void outcome(call('events')).then((code) => outcomes.push(code))
      await vi.advanceTimersByTimeAsync(1000)
      seconds++
    }
    lives.push(seconds)
  }
  expect(lives.every((seconds, i) => i === 0 || seconds > lives[i - 1]!)).toBe(true)
  expect(workers.length).toBe(6)
  expect(await outcome(call('events'))).toBe('worker-failed')
  expect(workers.length).toBe(6)
})

test('a worker that says nothing from the start is not waited for beyond the deadline', async () => {
  const { call } = connected(() => undefined)
  const lost = outcome(call('events'))
  await vi.advanceTimersByTimeAsync(5000)
  expect(await lost).toBe('timeout')
})

test('an error of a worker that has spoken kills nobody; of one that could not be loaded, it does', async () => {
  const error = { preventDefault: vi.fn() }
  const living = connected(() => value(1))
  await living.call('status')
  living.workers[0]!.onerror!(error)
  expect(living.workers.length).toBe(1)
  const unloaded = connected(() => undefined)
  const lost = outcome(unloaded.call('events'))
  await vi.advanceTimersByTimeAsync(1)
  unloaded.workers[0]!.onerror!(error)
  expect(await lost).toBe('worker-failed')
  expect(error.preventDefault).toHaveBeenCalledTimes(2)
})

test('after close pending and later calls settle as closed, and the worker is ended', async () => {
  const { call, close, workers } = connected(() => undefined)
  const pending = outcome(call('events'))
  await vi.advanceTimersByTimeAsync(1)
  close()
  await vi.advanceTimersByTimeAsync(1)
  expect(await pending).toBe('closed')
  expect(await outcome(call('events'))).toBe('closed')
  expect(workers[0]!.terminated).toBe(true)
  expect(vi.getTimerCount()).toBe(0)
})
