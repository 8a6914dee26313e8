import { deleteDB, openDB } from 'idb'

/** Never holds anything, and lives for milliseconds. */
export const journalName = 'windowshop-journal'

/**
 * Keeps a browser that was killed from taking the log with it at its second start. Killed between the two writes of a record,
 * Chromium leaves half of it at the end of LevelDB's journal; the next start appends behind it; the one after finds a
 * wrong checksum in the middle and empties all IndexedDB of the origin (https://github.com/google/leveldb/issues/1287).
 * Deleting a database, also an empty one, has its rows compacted: that moves all that the journal holds into a table, and a
 * new journal begins. Other engines do without LevelDB, and without `dataLoss`.
 */
export async function beginJournal(): Promise<void> {
  if (!('dataLoss' in IDBVersionChangeEvent.prototype)) return
  const db = await openDB(journalName)
  db.close()
  await deleteDB(journalName)
}
