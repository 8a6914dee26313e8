declare global {
  /** What this tab keeps open. */
  var held: IDBDatabase | undefined
}

/** Runs in the page: a tab with an older build, which does not let go of the database when it is asked to; the log holds an item `before`. */
export async function holdOldSchema(): Promise<void> {
  const { recommender } = await globalThis.lab.open('old', { bundle: '/none.json' })
  await recommender.track({ kind: 'view_item', item: 'before' })
  recommender.close()
  globalThis.held = await new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open('windowshop')
    request.addEventListener('success', () => resolve(request.result))
    request.addEventListener('error', () => reject(request.error!))
  })
}

/** Runs in the page: the tab closes. */
export function letGoOfOldSchema(): void {
  globalThis.held?.close()
}
