import { expose, type Endpoint } from 'comlink'
import { carryErrors } from './wire-errors.ts'
import { createEngine } from './engine.ts'
import { filterMessages } from './message-filter.ts'

const scope = globalThis as unknown as Endpoint

carryErrors()
expose(createEngine({ post: (notice) => scope.postMessage(notice) }), filterMessages(scope))
