import type { FaultRow } from '../faults/fault-row.ts'
import { bindingLimit } from './binding-limit.ts'
import { exactScores } from './exact-scores.ts'
import { longLog } from './long-log.ts'
import { manyRequests } from './many-requests.ts'
import { manyTabs } from './many-tabs.ts'
import { oneTick } from './one-tick.ts'
import { steadyEvents } from './steady-events.ts'

/** The lines of the plan's table of load. */
export const loadRows: readonly FaultRow[] = [
  steadyEvents,
  oneTick,
  manyTabs,
  exactScores,
  bindingLimit,
  manyRequests,
  longLog,
]
