/** The separator that stands most often in the header. */
export function delimiterOf(start: string): string {
  const header = start.slice(0, start.search(/[\r\n]|$/))
  const counts = [',', ';', '\t'].map((mark) => header.split(mark).length)
  return [',', ';', '\t'][counts.indexOf(Math.max(...counts))]!
}
