/** Longer names do not fit into every file system beside the ending. */
const longest = 200

/**
 * The name of an item's file without its ending: its id, percent-encoded by RFC 3986 (everything but letters, digits and `-_.~`), as
 * templates make it: PHP's `rawurlencode`, Python's `quote(id, safe='')`. Undefined where that is too long.
 */
export function fileNameOf(item: string): string | undefined {
  const name = encodeURIComponent(item).replace(
    /[!'()*]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return name.length <= longest ? name : undefined
}
