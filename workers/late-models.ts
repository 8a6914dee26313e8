import type { Bundle } from '../src/bundle/bundle.ts'
import { fetchScript } from '../src/fetch-script.ts'
import { openEncoder as open, type TensorFlow } from '../src/models/open-encoder.ts'
import type { SessionEncoder } from '../src/models/session-encoder.ts'
import type { BundleStore } from './bundle-store.ts'

/**
 * The encoder of a bundle, from the files of its tier `models`: the entry of `windowshop.models.js`. `beside` is the address of any of our scripts; TensorFlow.js lies beside them.
 */
export async function openEncoder(bundle: Bundle, store: BundleStore, beside: string): Promise<SessionEncoder> {
  const files = await store.files(bundle.manifest, ['models'])
  return open(bundle, files, async () => {
    const url = new URL('windowshop.tensorflow.js', beside).href
    const source = await fetchScript({ url, integrity: __TENSORFLOW_INTEGRITY__ })
    return import(/* @vite-ignore */ source) as Promise<TensorFlow>
  })
}
