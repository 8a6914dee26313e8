/** What operations on a database fail with. */
export const storageErrors = [
  'QuotaExceededError',
  'UnknownError',
  'InvalidStateError',
  'AbortError',
  'TimeoutError',
  'DataError',
]

/** What became of a shopper's dealings with the log. */
export interface UsedLog {
  /** Items of which it was said that they are on disk. */
  readonly acknowledged: readonly string[]
  /** What calls were refused with. */
  readonly codes: readonly string[]
  /** Whether item c was removed again. */
  readonly removed: boolean
}

/** Runs in the page: a shopper's whole dealings with the log, by way of this worker. */
export async function useLog(worker: string): Promise<UsedLog> {
  const { recommender } = await globalThis.lab.open('faulty', { worker, bundle: '/none.json' })
  const { outcome } = globalThis.lab
  const { profile, track } = recommender
  const acknowledged: string[] = []
  const codes: string[] = []
  const note = async (name: string, result: Promise<unknown>) => {
    const settled = await outcome(result)
    const said = Object('value' in settled ? settled.value : settled) as Record<string, string | undefined>
    if (said['stored'] === 'disk') acknowledged.push(name)
    const code = said['code'] ?? said['refused']
    if (code) codes.push(code)
    return settled
  }
  await note('a', track({ kind: 'view_item', item: 'a' }))
  await Promise.all(['b', 'c', 'd'].map((item) => note(item, track({ kind: 'view_item', item }))))
  const listed = await note('', profile.events())
  const victim = 'value' in listed && (listed.value as { id: string; item: string }[]).find(({ item }) => item === 'c')
  const removed = victim && (await note('', profile.remove(victim.id)))
  await note('', profile.pause())
  await note('', profile.resume())
  await note('e', track({ kind: 'view_item', item: 'e' }))
  return { acknowledged, codes, removed: Boolean(removed && 'value' in removed && removed.value === true) }
}

/** Runs in the page: the items in the log, as a worker without a fault reads them. */
export async function readLog(): Promise<string[]> {
  const { recommender } = await globalThis.lab.open('whole', { bundle: '/none.json' })
  const items = (await recommender.profile.events()).map(({ item }) => item!)
  recommender.close()
  return items
}

/** Throws where something that was acknowledged is not there once, or something that was removed is there. */
export function checkLog({ acknowledged, codes, removed }: UsedLog, kept: readonly string[]): void {
  const strange = codes.find((code) => !code.startsWith('storage-'))
  if (strange) throw new Error(`settled with ${strange}`)
  const lost = acknowledged.filter((item) => !(removed && item === 'c')).find((item) => !kept.includes(item))
  if (lost) throw new Error(`${lost} was acknowledged and is lost`)
  if (removed && kept.includes('c')) throw new Error('c was removed and is there')
  if (new Set(kept).size < kept.length) throw new Error(`doubled: ${kept.join()}`)
}
