/** Files that were dropped, those of folders too; must be called before the drop event ends. */
export function readDropped(data: DataTransfer): Promise<File[]> {
  const dropped = Array.from(data.items, (item) => item.webkitGetAsEntry() ?? item.getAsFile())
  return Promise.all(dropped.map(async (each) => (each instanceof File ? [each] : each ? filesOf(each) : []))).then(
    (lists) => lists.flat(),
  )
}

async function filesOf(entry: FileSystemEntry): Promise<File[]> {
  if (entry.isFile)
    return [await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject))]
  const reader = (entry as FileSystemDirectoryEntry).createReader()
  const found: FileSystemEntry[] = []
  // A reader hands out a hundred at a time, and none at the end.
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject))
    if (some.length === 0) break
    found.push(...some)
  }
  return (await Promise.all(found.map(filesOf))).flat()
}
