import { join } from 'node:path'
import { openLab, type Lab, type LabOptions } from './open-lab.ts'

const root = join(import.meta.dirname, '../../..')

/** Where the lab serves a shop's page with the tag, consent and four shelves. */
export const shelvesPath = 'shop.html'

/** A lab that serves a shop's page with shelves, too, and the sample shop's pictures, and knows of no other host. */
export function openShelves(options: LabOptions = {}): Promise<Lab> {
  return openLab({
    ...options,
    args: ['--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost', ...(options.args ?? [])],
    mounts: { '/pictures/': join(root, '.demo/pictures') },
    files: { [shelvesPath]: shelvesPage(), ...options.files },
  })
}

export function shelvesPage({ scripts = '/', bundle = '/bundle/manifest.json' } = {}): string {
  return `<!doctype html><html lang="en"><title>A shop</title><link rel="icon" href="data:,">
<script async src="${scripts}windowshop.js" data-bundle="${bundle}" data-consent="granted"></script>
<windowshop-shelf placement="for-you" limit="6"><p>Our own picks</p></windowshop-shelf>
<windowshop-shelf placement="trending" limit="6"></windowshop-shelf>
<windowshop-shelf placement="new" limit="6"></windowshop-shelf>
<windowshop-shelf placement="recently-viewed" limit="6"></windowshop-shelf>`
}
