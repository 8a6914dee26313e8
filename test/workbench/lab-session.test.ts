import { expect, test } from 'vitest'
import type { LabApi } from '../../src/lab/lab-api.ts'
import { createLabSession } from '../../src/workbench/lab-session.ts'

/** A lab that writes down what it is asked, and can die. */
function standIn() {
  const asked: string[] = []
  let died = () => {}
  const lab = {
    open: async () => void asked.push('open'),
    shopper: async () => void asked.push('shopper'),
    useRules: async (rules: readonly unknown[]) => void asked.push(`rules ${rules.length}`),
    personas: async (truth: string) => void asked.push(`personas ${truth}`),
    map: async () => void asked.push('map'),
  } as unknown as LabApi
  return {
    asked,
    die: () => died(),
    start: (options: { readonly died: () => void }) => {
      ;({ died } = options)
      return lab
    },
  }
}

const source = () => ({ manifest: 'https://shop.test/manifest.json' })

test('a lab that takes the place of one that died is told what holds: the bundle, the last rules, the shoppers, the log', async () => {
  const { asked, die, start } = standIn()
  const session = createLabSession({ source, blocks: () => false, start })
  await session.keep('rules', (lab) => lab.useRules([]))
  await session.keep('personas', (lab) => lab.personas('truth.json'))
  await session.keep('rules', (lab) => lab.useRules([{}, {}] as never))
  await session.ask((lab) => lab.map())
  expect(asked).toEqual(['open', 'shopper', 'rules 0', 'personas truth.json', 'rules 2', 'map'])
  asked.length = 0
  die()
  await session.ask((lab) => lab.map())
  await session.ask((lab) => lab.map())
  expect(asked).toEqual(['open', 'rules 2', 'personas truth.json', 'shopper', 'map', 'map'])
})

test('while the page is cut off no bundle is opened; one that is open goes on; and afterwards it opens', async () => {
  const { asked, die, start } = standIn()
  let isCut = true
  const session = createLabSession({ source, blocks: () => isCut, start })
  await expect(session.ask((lab) => lab.map())).rejects.toMatchObject({ code: 'bundle-unreachable' })
  expect(asked).toEqual([])
  isCut = false
  await session.ask((lab) => lab.map())
  isCut = true
  await session.ask((lab) => lab.map())
  die()
  await expect(session.shop()).rejects.toMatchObject({ code: 'bundle-unreachable' })
})

test('what a lab refused is not asked again', async () => {
  const { asked, die, start } = standIn()
  const session = createLabSession({ source, blocks: () => false, start })
  await expect(session.keep('rules', () => Promise.reject(new Error('no')))).rejects.toThrow('no')
  die()
  await session.ask((lab) => lab.map())
  expect(asked).toEqual(['open', 'shopper', 'open', 'shopper', 'map'])
})
