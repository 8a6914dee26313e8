import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import * as whole from 'valibot'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { leanValibot } from '../../scripts/lean-valibot-plugin.ts'
import { between, seededRandom } from '../support/seed.ts'

type Valibot = typeof whole

const random = seededRandom('lean valibot')
let lean: Valibot
let folder: string
beforeAll(async () => {
  const path = join(dirname(createRequire(import.meta.url).resolve('valibot')), 'index.mjs')
  const { transform } = leanValibot() as { transform: (code: string, id: string) => { code: string } }
  folder = await mkdtemp(join(tmpdir(), 'lean-valibot-'))
  const file = join(folder, 'index.mjs')
  await writeFile(file, transform(await readFile(path, 'utf8'), path).code)
  lean = (await import(/* @vite-ignore */ pathToFileURL(file).href)) as Valibot
})
afterAll(() => rm(folder, { recursive: true }))

/** A schema of those that Windowshop's own consist of, by what one random number after the other says. */
function schemaOf(v: Valibot, choices: Iterator<number>, depth: number): whole.GenericSchema {
  const next = () => choices.next().value as number
  const inner = () => schemaOf(v, choices, depth - 1)
  const leaves: (() => whole.GenericSchema)[] = [
    () => v.string(),
    () => v.boolean(),
    () => v.unknown(),
    () => v.number(),
    () => v.pipe(v.number(), v.minValue(2), v.maxValue(5), v.integer()),
    () => v.pipe(v.string(), v.minLength(1), v.maxLength(3), v.regex(/^a/)),
    () => v.picklist(['a', 'ab', 'none of these']),
    () => v.literal('a'),
    () => v.custom<string>((input) => input === 'a', 'an a'),
  ]
  const nodes: (() => whole.GenericSchema)[] = [
    () => v.pipe(v.array(inner()), v.maxLength(2)),
    () => v.strictObject({ a: inner(), b: v.optional(inner()), c: v.optional(v.string(), 'by default') }),
    () => v.record(v.pipe(v.string(), v.maxLength(1)), inner()),
    () => v.union([inner(), inner()]),
    () => v.nullable(inner()),
    () =>
      v.pipe(
        v.strictObject({ a: inner() }),
        v.check(() => next() < 0.9, 'another one'),
      ),
  ]
  const all = depth > 0 ? [...nodes, ...leaves] : leaves
  return all[Math.floor(next() * all.length)]!()
}

function randomValue(depth: number): unknown {
  const leaves = [undefined, null, true, 0, 3, 3.5, Number.NaN, '', 'a', 'ab', 'abcd', new Date(0)]
  const entries = () =>
    ['a', 'b', 'c', '__proto__', 'd'].filter(() => random() < 0.5).map((key) => [key, randomValue(depth - 1)])
  if (depth === 0 || random() < 0.4) return leaves[between(random, 0, leaves.length - 1)]
  if (random() < 0.5) return Array.from({ length: between(random, 0, 3) }, () => randomValue(depth - 1))
  return Object.fromEntries(entries())
}

/** What Windowshop reads of a result. */
function read({ success, output, issues }: whole.SafeParseResult<whole.GenericSchema>): unknown {
  if (success) return { output }
  const { type, expected, received, message, path } = issues[0]
  // Of a message that the library makes itself, the word is left that says what it is about.
  const said = expected === null && { message: message.replace(/^Invalid (\w+): .*/, '$1') }
  return { type, expected, received, ...said, path: path?.map(({ key }) => key) }
}

test('what is built accepts, refuses and says the same as the whole of valibot', () => {
  let refused = 0
  const count = 20_000
  for (let n = 0; n < count; n++) {
    const choices = Array.from({ length: 100 }, random)
    const value = randomValue(3)
    const [theirs, ours] = [whole, lean].map((v) => {
      return read(v.safeParse(schemaOf(v, choices.values(), 2), structuredClone(value)))
    })
    expect(ours, JSON.stringify(value)).toEqual(theirs)
    if (!('output' in (theirs as object))) refused++
  }
  expect(refused).toBeGreaterThan(count / 4)
  expect(count - refused).toBeGreaterThan(count / 20)
})
