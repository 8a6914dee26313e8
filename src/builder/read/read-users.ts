import { resolveColumns, type ColumnMap } from './columns.ts'
import { openRows } from './open-rows.ts'
import { readText } from './values.ts'

/** Reads the ids of customers: a file with a column for `user`, of any form that a log may have. Throws as readers do. */
export async function readUsers(file: string, map: ColumnMap): Promise<ReadonlySet<string>> {
  const opened = await openRows(file)
  const users = new Set<string>()
  let column: string | undefined
  for await (const rows of opened.batches) {
    column ??= resolveColumns(opened, { fields: ['user'], needed: ['user'], map }).user!
    for (const { values } of rows) {
      const user = readText(values[column])
      if (user !== undefined) users.add(user)
    }
  }
  return users
}
