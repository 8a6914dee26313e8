import type { CDPSession } from 'playwright'
import { installCounters } from './count-resources.ts'

export interface WatchedWorker {
  /** Sends a command of the DevTools protocol to the worker that was started last. */
  send(method: string, parameters?: object): Promise<Record<string, never>>
  /** Evaluates an expression in the worker and resolves to its value. */
  evaluate<T>(expression: string): Promise<T>
}

interface Reply {
  readonly id?: number
  readonly result?: Record<string, never>
  readonly error?: { readonly message: string }
}

/** Stops every worker of a page before its first line, gives it the counters, and lets it go. Call it before the navigation. */
export async function watchWorker(session: CDPSession): Promise<WatchedWorker> {
  const waiting = new Map<number, (reply: Reply) => void>()
  let latest = ''
  let calls = 0

  async function sendTo(sessionId: string, method: string, params: object = {}): Promise<Record<string, never>> {
    const id = (calls += 1)
    const answered = new Promise<Reply>((resolve) => waiting.set(id, resolve))
    await session.send('Target.sendMessageToTarget', { sessionId, message: JSON.stringify({ id, method, params }) })
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
    if (targetInfo.type !== 'worker') return
    latest = sessionId
    void sendTo(sessionId, 'Runtime.evaluate', { expression: `(${installCounters.toString()})()` }).then(() =>
      sendTo(sessionId, 'Runtime.runIfWaitingForDebugger'),
    )
  })
  await session.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: true, flatten: false })

  return {
    send: (method, parameters) => sendTo(latest, method, parameters),
    async evaluate<T>(expression: string) {
      const answer = await sendTo(latest, 'Runtime.evaluate', { expression, returnByValue: true })
      const { result, exceptionDetails } = answer as unknown as {
        readonly result: { readonly value: T }
        readonly exceptionDetails?: { readonly text: string }
      }
      if (exceptionDetails) throw new Error(`in the worker: ${exceptionDetails.text}`)
      return result.value
    },
  }
}
