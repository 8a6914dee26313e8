import { fetchScript } from '../fetch-script.ts'
import type { Extras } from './start-page.ts'

/** Fetches `windowshop.extras.js`, which lies beside the worker's file. */
export async function loadExtras(worker: string): Promise<Extras> {
  const source = { url: new URL('windowshop.extras.js', worker).href, integrity: __EXTRAS_INTEGRITY__ }
  return import(/* @vite-ignore */ await fetchScript(source)) as Promise<Extras>
}
