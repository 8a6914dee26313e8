/**
 * Of the kept addresses, those in the bundle's folder that its manifest no longer lists: files of earlier bundles. None
 * where the manifest cannot be read.
 */
export function unlistedFiles(manifest: unknown, addresses: readonly string[], folder: string): string[] {
  const files = (manifest as { files?: unknown } | null)?.files
  if (!Array.isArray(files)) return []
  const listed = new Set(files.map((file: { url?: unknown } | null) => `${folder}${String(file?.url)}`))
  return addresses.filter((address) => {
    const { pathname } = new URL(address)
    return pathname.startsWith(folder) && !listed.has(pathname)
  })
}
