import type { EventKind, Settings } from '../../index.ts'
import { dials, type DialName } from './dials.ts'

/** All settings of a query as one number for each dial. */
export type Config = Readonly<Record<DialName, number>>

/** How a bonus falls from the session's last item to those before, where the bundle does not say. */
const fading = [1, 0.5, 0.25, 0.125]

export function configOf(settings: Settings): Config {
  const value = (name: DialName): number => {
    const [first, kind] = name.split('.') as [string, EventKind | undefined]
    if (kind) return settings.strengths[kind] ?? 0
    if (first === 'repeatBonus') return settings.repeatBonus[0] ?? 0
    return settings[first as Exclude<keyof Settings, 'strengths' | 'repeatBonus'>]
  }
  return Object.fromEntries(dials.map(({ name }) => [name, value(name)])) as unknown as Config
}

/** The dials that differ. */
export function changedDials(config: Config, from: Config): DialName[] {
  return dials.map(({ name }) => name).filter((name) => config[name] !== from[name])
}

/** What a request, a tag or a settings file has to say so that these settings hold in place of `defaults`. */
export function changeOf(config: Config, defaults: Settings): Partial<Settings> {
  const base = configOf(defaults)
  const changed = changedDials(config, base)
  const change: Record<string, unknown> = {}
  for (const name of changed) if (!name.includes('.') && name !== 'repeatBonus') change[name] = config[name]
  if (changed.includes('repeatBonus')) change['repeatBonus'] = bonuses(config.repeatBonus, defaults.repeatBonus)
  const strengths = changed.filter((name) => name.includes('.'))
  if (strengths.length > 0) {
    // The strengths are one setting: whoever names one names all.
    change['strengths'] = {
      ...defaults.strengths,
      ...Object.fromEntries(strengths.map((name) => [name.split('.')[1], config[name]])),
    }
  }
  return change
}

function bonuses(first: number, defaults: readonly number[]): number[] {
  if (first === 0) return []
  const [most = 0] = defaults
  const shape = most > 0 ? defaults.map((bonus) => bonus / most) : fading
  return shape.map((share) => round(first * share))
}

/** Reads changes of dials, as a link carries them; unknown names and values out of range are left out. */
export function readDials(text: string | null): Partial<Config> {
  let given: unknown
  try {
    given = JSON.parse(text ?? '{}')
  } catch {
    return {}
  }
  if (typeof given !== 'object' || given === null) return {}
  const values = given as Record<string, unknown>
  return Object.fromEntries(
    dials.flatMap(({ name, from, to }) => {
      const value = values[name]
      return typeof value === 'number' && value >= from && value <= to ? [[name, value]] : []
    }),
  )
}

/** Changes of dials for a link; empty where there are none. */
export function writeDials(config: Config, defaults: Config): string {
  const changed = changedDials(config, defaults)
  return changed.length === 0 ? '' : JSON.stringify(Object.fromEntries(changed.map((name) => [name, config[name]])))
}

export function round(value: number): number {
  return Number(value.toFixed(4))
}
