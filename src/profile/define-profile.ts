import { connectProfiles, ProfileElement } from './profile-element.ts'
import type { ProfileSource } from './profile-state.ts'

/** Defines `<windowshop-profile>`, once, and connects the page's profiles with `source` where one is given. */
export function defineProfile(source?: ProfileSource): void {
  if (!customElements.get('windowshop-profile')) customElements.define('windowshop-profile', ProfileElement)
  if (source) connectProfiles(source)
}
