import { describe, expect, test, vi } from 'vitest'
import { WindowshopError } from '../../src/errors.ts'
import { createCommands, replayCommands } from '../../src/page/command-queue.ts'

function createTarget() {
  const calls: unknown[][] = []
  const record =
    (name: string) =>
    (...values: unknown[]) => {
      calls.push([name, ...values])
      return Promise.resolve(`${name} done`)
    }
  return {
    calls,
    target: {
      track: record('track'),
      recommend: record('recommend'),
      rerank: () => Promise.reject(new WindowshopError('worker-failed')),
      watch: (...values: unknown[]) => {
        calls.push(['watch', ...values])
        return () => 'stopped'
      },
      profile: { remove: record('remove') },
    },
  }
}

describe('commands', () => {
  test('given before there is a recommender run in their order once there is', async () => {
    const { calls, target } = createTarget()
    let resolve!: (value: typeof target) => void
    const windowshop = createCommands(new Promise<typeof target>((settle) => (resolve = settle)))
    const results = [windowshop('track', { kind: 'search' }), windowshop('recommend', { placement: 'new' })]
    expect(calls).toEqual([])
    resolve(target)
    expect(await Promise.all(results)).toEqual(['track done', 'recommend done'])
    expect(calls).toEqual([
      ['track', { kind: 'search' }],
      ['recommend', { placement: 'new' }],
    ])
  })

  test('give their result to a callback, too', async () => {
    const { calls, target } = createTarget()
    const callback = vi.fn()
    await createCommands(Promise.resolve(target))('track', 'event', callback)
    expect(callback.mock.calls).toEqual([['track done']])
    expect(calls).toEqual([['track', 'event']])
  })

  test('reach the profile by the name of its method', async () => {
    const { calls, target } = createTarget()
    expect(await createCommands(Promise.resolve(target))('profile', 'remove', 'e1')).toBe('remove done')
    expect(calls).toEqual([['remove', 'e1']])
  })

  test('leave the listener of watch to it, and resolve with its undo', async () => {
    const { calls, target } = createTarget()
    const listener = () => {}
    const stop = await createCommands(Promise.resolve(target))('watch', { placement: 'new' }, listener)
    expect(calls).toEqual([['watch', { placement: 'new' }, listener]])
    expect((stop as () => string)()).toBe('stopped')
  })

  test.each([
    [['fly'], 'call-refused'],
    [[undefined], 'call-refused'],
    [['constructor'], 'call-refused'],
    [['__proto__'], 'call-refused'],
    [['toString'], 'call-refused'],
    [['profile'], 'call-refused'],
    [['profile', 'constructor'], 'call-refused'],
    [[{ toString: () => expect.fail as never }], 'request-malformed'],
    [['rerank', ['a']], 'worker-failed'],
  ])('that cannot be carried out are a coded value: %j', async (given, code) => {
    const { target } = createTarget()
    const result = await createCommands(Promise.resolve(target))(...(given as [string]))
    expect(result).toMatchObject({ refused: code })
  })

  test('are refused with the code of a recommender that could not be made', async () => {
    const windowshop = createCommands(Promise.reject(new WindowshopError('bundle-unreachable')))
    expect(await windowshop('status')).toMatchObject({ refused: 'bundle-unreachable' })
  })

  test("report an exception of the page's callback, and resolve all the same", async () => {
    const reported = vi.fn()
    vi.stubGlobal('reportError', reported)
    const error = new Error('of the page')
    const result = createCommands(Promise.resolve(createTarget().target))('track', 1, () => {
      throw error
    })
    expect(await result).toBe('track done')
    expect(reported.mock.calls).toEqual([[error]])
    vi.unstubAllGlobals()
  })

  test('that the stub has queued are replayed, start aside, whatever else lies in the queue', () => {
    const windowshop = vi.fn(() => Promise.resolve())
    const queue: unknown[] = []
    function stub(..._values: unknown[]): void {
      queue.push(arguments)
    }
    stub('start', { bundle: '/b.json' })
    stub('track', { kind: 'view_item', item: 'a' })
    queue.push(null, 7)
    replayCommands(windowshop, queue)
    expect(windowshop.mock.calls).toEqual([['track', { kind: 'view_item', item: 'a' }], [undefined], [undefined]])
  })
})
