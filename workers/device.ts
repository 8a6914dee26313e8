/** Who shares a device, as its log keeps it. */
export interface Device {
  /** The profile that pages without a customer's account follow. */
  readonly current: string
  /** What its shoppers call themselves. */
  readonly names: readonly string[]
  /** Profiles whose owners are choosing a gift. */
  readonly gifts: readonly string[]
  /** Another number after every sign-in and sign-out. */
  readonly locks: number
}

export const nobody: Device = { current: 'default', names: [], gifts: [], locks: 0 }

/** Whose events count: the customer's, or the device's; a gift is chosen with a profile of its own, which is not kept. */
export function profileOf(account: string | undefined, { current, gifts }: Device): string {
  const owner = account || current
  return gifts.includes(owner) ? `gift ${owner}` : owner
}

/** Tells all who read the log that more than appends has happened. */
export async function revise(meta: { put(value: number, key: 'revision'): Promise<unknown> }): Promise<unknown> {
  return meta.put(Math.random(), 'revision')
}
