import type { EventRecord } from '../core/event.ts'
import type { TrackResult } from '../protocol.ts'

export interface LogOwner {
  readonly profile: {
    events(since?: number): Promise<readonly EventRecord[]>
    remove(id: string): Promise<boolean>
  }
  quietly<T>(work: () => Promise<T>): Promise<T>
}

/**
 * Says of a look at an item how long it was: the event gives way to the same one with its dwell, at the same time. Shelves
 * on screen stay as they are. Nothing happens where the shopper has removed the event meanwhile.
 */
export async function lengthenLook(
  { profile, quietly }: LogOwner,
  track: (event: unknown) => Promise<TrackResult>,
  { item, time, seconds }: { item: string; time: number; seconds: number },
): Promise<void> {
  await quietly(async () => {
    // An event is dated when it is recorded: a little after it was heard.
    const events = await profile.events(time - 1000)
    const look = events.findLast((event) => event.kind === 'view_item' && event.item === item)
    if (!look) return
    const result = await track({ kind: look.kind, item, time: look.time, ...look.context, dwell: seconds })
    if ('stored' in result) await profile.remove(look.id)
  })
}
