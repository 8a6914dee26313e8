import { codeOf, WindowshopError } from '../errors.ts'
import type { ErrorCode } from '../errors.ts'

/** What the commands reach by name: the methods of a recommender, and those of its `profile`. */
export interface CommandTarget {
  readonly profile: object
}

/** How a command ends that could not be carried out. */
export interface RefusedCommand {
  readonly refused: ErrorCode
  readonly reason: string
}

/**
 * The page's command: `windowshop('track', event)`, `windowshop('recommend', request, shelf => ...)`,
 * `windowshop('profile', 'remove', id)`. A function as the last argument receives the result, which the promise holds too.
 * The promise never rejects: what goes wrong is a value, `{ refused: code, reason }`. `watch` resolves with its `stop`.
 */
export type Windowshop = (command: string, ...values: unknown[]) => Promise<unknown>

type Method = (this: void, ...values: unknown[]) => unknown

/** The function that the page calls; commands wait for `target`, and run in the order in which they were given. */
export function createCommands(target: Promise<CommandTarget>): Windowshop {
  return async (...given) => {
    // `watch` keeps its function: it is the listener.
    const callback = given[0] === 'watch' ? undefined : takeFunction(given)
    let result: unknown
    try {
      result = await run(await target, given)
    } catch (error) {
      result = refuse(error)
    }
    if (callback) callBack(callback, result)
    return result
  }
}

/** Runs what the page's stub has queued before the script arrived. */
export function replayCommands(windowshop: Windowshop, queue: readonly unknown[]): void {
  for (const entry of queue) {
    const [command, ...values] = readEntry(entry)
    if (command !== 'start') void windowshop(command as string, ...values)
  }
}

/** The stub pushes `arguments`; anything else that lies in the queue is an empty command, and refused. */
function readEntry(entry: unknown): unknown[] {
  return typeof entry === 'object' && entry !== null ? Array.prototype.slice.call(entry, 0, 8) : []
}

function run(target: CommandTarget, [command, ...values]: unknown[]): unknown {
  return command === 'profile' ? call(target.profile, values) : call(target, [command, ...values])
}

function call(target: object, [name, ...values]: unknown[]): unknown {
  const method = Object.hasOwn(target, String(name)) && (target as Record<string, unknown>)[String(name)]
  if (typeof method === 'function') return (method as Method)(...values)
  throw new WindowshopError('call-refused', { where: 'windowshop()', got: label(name) })
}

function takeFunction(values: unknown[]): Method | undefined {
  return values.length > 1 && typeof values.at(-1) === 'function' ? (values.pop() as Method) : undefined
}

/** An exception of the page's callback is the page's, and is reported as such. */
function callBack(callback: Method, result: unknown): void {
  try {
    callback(result)
  } catch (error) {
    reportError(error)
  }
}

function refuse(error: unknown): RefusedCommand {
  return { refused: codeOf(error, 'request-malformed'), reason: error instanceof Error ? error.message : '' }
}

function label(name: unknown): string {
  return typeof name === 'string' ? name.slice(0, 40) : typeof name
}
