import type { CDPSession } from 'playwright'

export interface WatchedWorker {
  /** Sends a command of the DevTools protocol to the worker. */
  send(method: string, parameters?: object): Promise<Record<string, never>>
  /** Evaluates an expression in the worker and resolves to its value. */
  evaluate<T>(expression: string): Promise<T>
}

interface Reply {
  readonly id?: number
  readonly result?: Record<string, never>
  readonly error?: { readonly message: string }
}

/**
 * Talks to the one worker of a page. Call it before the navigation, and the worker when it serves. Where the page has started
 * a second one, every call rejects: what the first one held is no longer to be seen.
 */
export async function watchWorker(session: CDPSession): Promise<WatchedWorker> {
  const waiting = new Map<number, (reply: Reply) => void>()
  const workers: string[] = []
  let calls = 0

  async function send(method: string, params: object = {}): Promise<Record<string, never>> {
    if (workers.length !== 1) throw new Error(`${method}: the page has started ${workers.length} workers, not one`)
    const id = (calls += 1)
    const answered = new Promise<Reply>((resolve) => waiting.set(id, resolve))
    const message = JSON.stringify({ id, method, params })
    await session.send('Target.sendMessageToTarget', { sessionId: workers[0]!, message })
    const { result, error } = await answered
    if (error) throw new Error(`${method}: ${error.message}`)
    return result ?? {}
  }

  session.on('Target.receivedMessageFromTarget', ({ message }) => {
    const reply = JSON.parse(message) as Reply
    waiting.get(reply.id ?? 0)?.(reply)
    waiting.delete(reply.id ?? 0)
  })
  session.on('Target.attachedToTarget', ({ sessionId, targetInfo }) => {
    if (targetInfo.type === 'worker') workers.push(sessionId)
  })
  await session.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: false, flatten: false })

  return {
    send,
    async evaluate<T>(expression: string) {
      const answer = await send('Runtime.evaluate', { expression, returnByValue: true, awaitPromise: true })
      const { result, exceptionDetails } = answer as unknown as {
        readonly result: { readonly value: T }
        readonly exceptionDetails?: { readonly text: string }
      }
      if (exceptionDetails) throw new Error(`in the worker: ${exceptionDetails.text}`)
      return result.value
    },
  }
}
