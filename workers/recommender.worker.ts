import { answerCalls, type Port } from './answer-calls.ts'
import { createEngine } from './engine.ts'

const scope = globalThis as unknown as Port

answerCalls(scope, createEngine({ post: (notice) => scope.postMessage(notice) }))
