import type { DownloadNews } from '../protocol.ts'

/** How far the download of one file of the bundle is. */
export interface DownloadProgress {
  /** `initiate`: it begins, maybe anew, after broken bytes; `progress`; `done`: all its bytes are there, to be verified. */
  readonly status: 'initiate' | 'progress' | 'done'
  /** Its name in the manifest. */
  readonly file: string
  /** Bytes so far, and in all. */
  readonly loaded: number
  readonly total: number
  /** Per cent, 0 to 100. */
  readonly progress: number
}

export function toProgress({ file, loaded, total }: DownloadNews): DownloadProgress {
  const status = loaded >= total ? 'done' : loaded > 0 ? 'progress' : 'initiate'
  return { status, file, loaded, total, progress: total > 0 ? (100 * loaded) / total : 100 }
}
