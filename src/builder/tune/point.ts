import type { SettingsFile, Tuned } from '../settings-file.ts'

/** Settings that are not the default: values by their path in a settings file, such as `settings.trend`. */
export type Point = Readonly<Record<string, number>>

/** As a settings file has it. */
export function settingsOf(point: Point): SettingsFile {
  const file = { settings: {}, learning: {} }
  for (const [path, value] of Object.entries(point)) {
    const names = path.split('.')
    let place: Record<string, unknown> = file
    for (const name of names.slice(0, -1)) place = (place[name] ??= {}) as Record<string, unknown>
    place[names.at(-1)!] = value
  }
  return file
}

/** The number that stands at this path. */
export function valueAt(tuned: Tuned, path: string): number {
  const value = path.split('.').reduce<unknown>((place, name) => (place as Record<string, unknown>)[name], tuned)
  return value as number
}

/** The same for the same values, whatever their order. */
export function keyOf(point: Point): string {
  return JSON.stringify(Object.entries(point).sort(([a], [b]) => (a < b ? -1 : 1)))
}
