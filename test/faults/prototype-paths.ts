import { expose, type Endpoint } from 'comlink'
import { parseManifest } from '../../src/bundle/manifest.ts'
import { parseEvent } from '../../src/core/parse-event.ts'
import type { Random } from '../../src/core/random.ts'
import { WindowshopError } from '../../src/errors.ts'
import { createCommands } from '../../src/page/command-queue.ts'
import { workerMethods } from '../../src/protocol.ts'
import { filterMessages } from '../../workers/message-filter.ts'
import { parseOpenOptions, parseRequest } from '../../workers/parse-arguments.ts'
import { readLog } from '../../workers/parse-late.ts'
import { between } from '../support/seed.ts'
import type { FaultRow } from './fault-row.ts'
import { pick, pollutingKeys } from './hostile-values.ts'

/** Names that lead to a prototype or a constructor, at every depth of everything that is read from outside. */
export const prototypePaths: FaultRow = {
  id: 'prototype-paths',
  kind: 'bad input',
  fault: '`__proto__` and `constructor` at every depth, raw messages with arbitrary paths',
  holds: 'no prototype changes, nothing is called that is not on the list',
  runs: { test: 500, ci: 10_000, release: 100_000 },

  async open() {
    const target = new EventTarget()
    const called: string[] = []
    const api = Object.fromEntries([...workerMethods, 'secret'].map((name) => [name, () => void called.push(name)]))
    const endpoint: Endpoint = {
      postMessage: () => undefined,
      addEventListener: target.addEventListener.bind(target) as Endpoint['addEventListener'],
      removeEventListener: target.removeEventListener.bind(target) as Endpoint['removeEventListener'],
    }
    expose(api, filterMessages(endpoint))
    const commanded: string[] = []
    const command = createCommands(
      Promise.resolve({
        track: () => void commanded.push('track'),
        profile: { erase: () => void commanded.push('erase') },
      }),
    )
    const before = fingerprint()

    return {
      async run(random) {
        const data = polluted(random)
        const read = [
          () => parseManifest(JSON.stringify(data)),
          () => parseEvent(data, { now: 0, newId: () => '' }),
          () => parseRequest(data),
          () => parseOpenOptions(data),
          () => readLog(JSON.stringify({ format: 'windowshop-log/1', events: [data] })),
        ]
        for (const work of read) refusedAtMost(work)
        target.dispatchEvent(new MessageEvent('message', { data: message(random) }))
        await command(pick(random, [...pollutingKeys, 'valueOf', 'hasOwnProperty']), pick(random, pollutingKeys), data)
        await command('profile', pick(random, pollutingKeys), data)
        const strange = called.find((name) => !(workerMethods as readonly string[]).includes(name))
        if (strange) throw new Error(`${strange} was called`)
        if (commanded.length > 0) throw new Error(`${commanded[0]} was commanded`)
        if (fingerprint() !== before) throw new Error('a prototype has changed')
        if ('polluted' in {}) throw new Error('every object is polluted')
        return 1
      },
    }
  },
}

/** JSON gives these names to objects as keys of their own. */
function polluted(random: Random): object {
  const nest = (depth: number): string =>
    depth === 0
      ? '{"polluted":true}'
      : `{"${pick(random, [...pollutingKeys, 'kind', 'item', 'context', 'settings'])}":${nest(depth - 1)}}`
  return JSON.parse(
    `{"kind":"view_item","item":"x","placement":"for-you","format":"windowshop/1","${pick(random, pollutingKeys)}":${nest(between(random, 0, 6))}}`,
  ) as object
}

function message(random: Random): object {
  const step = () => pick(random, [...pollutingKeys, 'track', 'page', 'secret', 'call', 'apply', 'bind', 0, null])
  const raw = { type: 'RAW', value: 'globalThis.polluted = 1' }
  return {
    id: pick(random, ['1', 7, undefined]),
    type: pick(random, ['APPLY', 'CONSTRUCT', 'GET', 'SET', 'ENDPOINT', 'RELEASE', '__proto__']),
    path: pick(random, [Array.from({ length: between(random, 0, 4) }, step), [step()], step()]),
    argumentList: pick(random, [[], [raw], [{ type: 'HANDLER', name: 'proxy' }], 'x', undefined]),
    value: raw,
  }
}

function refusedAtMost(work: () => unknown): void {
  try {
    work()
  } catch (error) {
    if (!(error instanceof WindowshopError)) throw error
  }
}

function fingerprint(): string {
  const prototypes = [Object, Function, Array, String, Number, Promise, Map].map(({ prototype }) => prototype as object)
  return prototypes.map((prototype) => Reflect.ownKeys(prototype).map(String).join()).join(';')
}
