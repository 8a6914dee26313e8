import type { Evaluation } from '../builder/evaluate/evaluate.ts'
import { WindowshopError } from '../errors.ts'

/** What the page of a report begins with. */
const heading = 'How good are the suggestions?'

/**
 * The report of `windowshop evaluate` as a page: as `--report` wrote it, or drawn from what `--json` printed. Throws
 * `input-format` for anything else.
 */
export async function readReport(text: string): Promise<string> {
  if (text.trimStart().startsWith('<')) {
    if (text.includes(`<title>${heading}`)) return text
    throw unreadable()
  }
  // The plots' library: only for those who bring numbers.
  const { renderReport } = await import('../builder/report/render-report.ts')
  try {
    return renderReport(JSON.parse(text) as Evaluation)
  } catch (error) {
    throw unreadable(error)
  }
}

function unreadable(cause?: unknown): WindowshopError {
  const expected = 'a report of windowshop evaluate, by --report or --json'
  return new WindowshopError('input-format', { where: 'report', expected }, { cause })
}
