import { fetchScript } from '../fetch-script.ts'

/** What `windowshop.profile.js` exports. */
interface ProfileModule {
  defineProfile(source: unknown): void
}

/**
 * Fetches `windowshop.profile.js`, which lies beside the worker's file, as soon as the page has a `<windowshop-profile>`:
 * few pages do. One that cannot be fetched leaves what the shop has put in the element.
 */
export function loadProfile(worker: string, recommender: unknown): void {
  const profiles = document.getElementsByTagName('windowshop-profile')
  const observer = new MutationObserver(look)
  function look(): void {
    if (profiles.length === 0) return
    observer.disconnect()
    load(worker).then(
      ({ defineProfile }) => defineProfile(recommender),
      () => {},
    )
  }
  observer.observe(document, { childList: true, subtree: true })
  look()
}

async function load(worker: string): Promise<ProfileModule> {
  const url = new URL('windowshop.profile.js', worker).href
  const source = await fetchScript({ url, integrity: __PROFILE_INTEGRITY__ })
  return import(/* @vite-ignore */ source) as Promise<ProfileModule>
}
