import type { OpenRow } from '../fault-row.ts'
import { checkQuiet } from './check-quiet.ts'
import { openLab, type Visit } from './open-lab.ts'

/** A row whose run `n` is the visit of a new shopper, in one of several ways in turn; nothing may be thrown into its pages. */
export async function openVisits(ways: readonly ((visit: Visit) => Promise<number>)[]): Promise<OpenRow> {
  const lab = await openLab()
  return {
    async run(_random, n) {
      const visit = await lab.visit()
      try {
        const seen = await ways[n % ways.length]!(visit)
        await checkQuiet(visit)
        return seen
      } finally {
        await visit.close()
      }
    },
    close: () => lab.close(),
  }
}
