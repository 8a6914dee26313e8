import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { WindowshopError } from '../errors.ts'
import { serve, type StaticServer } from './serve.ts'

export interface ServeWorkbenchOptions {
  /** 4173 by default; where it is in use, a free one is taken. */
  readonly port?: number
  /** Folder of the built workbench; beside the command by default. */
  readonly workbench?: string
}

/** Serves the workbench on a shop's own bundle; the page looks for a rebuilt one. Throws `input-missing` where there is none. */
export async function serveWorkbench(
  folder: string,
  { port, workbench = join(import.meta.dirname, 'workbench') }: ServeWorkbenchOptions = {},
): Promise<StaticServer & { readonly page: string }> {
  for (const file of [join(folder, 'manifest.json'), join(workbench, 'index.html')]) {
    if (!(await stat(file).catch(() => undefined))) throw new WindowshopError('input-missing', { where: file })
  }
  const server = await serve({
    mounts: { '/': workbench, '/bundle/': folder },
    ...(port !== undefined && { port }),
  })
  return { ...server, page: `${server.url}?bundle=bundle/manifest.json&watch=rebuilds` }
}
