import type { RenderSummary } from './render-lists.ts'

/** What was rendered, for people. */
export function formatRendered(
  { bundle, items, lists, links, files, bytes, unnamed }: RenderSummary,
  out: string,
): string {
  const count = (n: number) => n.toLocaleString('en')
  return [
    ...Object.entries(lists).map(
      ([placement, n]) => `${count(n)} of ${count(items)} items have a list of ${placement}`,
    ),
    ...(unnamed > 0
      ? [`${count(unnamed)} have an id that is too long for a file name: they are in lists.json alone`]
      : []),
    `${count(links)} links of bundle ${bundle} in ${out}: ${count(files)} files, ${count(bytes)} bytes`,
  ].join('\n')
}
