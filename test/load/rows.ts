import type { FaultRow } from '../faults/fault-row.ts'
import { exactScores } from './exact-scores.ts'
import { longLog } from './long-log.ts'
import { manyTabs } from './many-tabs.ts'
import { oneTick, steadyEvents } from './bursts.ts'

/** The lines of the plan's table of load; the growth over many requests is `npm run bench:flat`. */
export const loadRows: readonly FaultRow[] = [steadyEvents, oneTick, manyTabs, exactScores, longLog]
