/** One side of an experiment, and its share of the visitors. */
export interface Arm<Name extends string = string> {
  readonly name: Name
  /** Relative to the shares of the others, >= 0. */
  readonly share: number
}

export interface Experiment<Name extends string = string> {
  /** Experiments of different names divide the same visitors independently of one another. */
  readonly experiment: string
  /**
   * What is divided: an id that the shop's analytics has anyhow, under its consent. It stays on the page; nothing is stored,
   * so the same id always gets the same arm.
   */
  readonly unit: string
  /** In an order that stays the same: a share that grows takes from its neighbours alone. */
  readonly arms: readonly Arm<Name>[]
}

/** The arm of a visitor, by a hash alone. Throws a RangeError where no arm has a share. */
export function assignArm<Name extends string>({ experiment, unit, arms }: Experiment<Name>): Name {
  const shares = arms.reduce((sum, { share }) => sum + share, 0)
  if (!(shares > 0)) throw new RangeError(`no arm of ${experiment} has a share`)
  let left = (hash(`${experiment}\n${unit}`) / 2 ** 32) * shares
  for (const { name, share } of arms) {
    if (left < share) return name
    left -= share
  }
  return arms.findLast(({ share }) => share > 0)!.name
}

/** FNV-1a over UTF-16 units, then the finaliser of MurmurHash3 (Appleby, public domain), so that every bit counts. */
function hash(text: string): number {
  let value = 0x811c9dc5
  for (let at = 0; at < text.length; at++) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193)
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b)
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35)
  return (value ^ (value >>> 16)) >>> 0
}
