import { codeOf, type ErrorCode } from '../errors.ts'

/** What went wrong: views say it in words. */
export interface Problem {
  /** Undefined for what no code foresees. */
  readonly code: ErrorCode | undefined
  /** The error's own words, with the file, the line, what was expected and what was got. */
  readonly message: string
}

/** Any thrown value. */
export function problemOf(error: unknown): Problem {
  const isCoded = error instanceof Error && error.name === 'WindowshopError'
  const message = error instanceof Error ? error.message : String(error)
  return { code: isCoded ? codeOf(error, 'worker-failed') : undefined, message }
}

/** Whether it may pass by itself: something could not be fetched. */
export function mayPass(problem: Problem | undefined): boolean {
  return problem?.code === 'bundle-unreachable' || problem?.code === 'worker-failed'
}
