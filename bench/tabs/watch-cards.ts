import type { Page } from 'playwright'

declare global {
  /** Tells the next change of the page's cards. */
  var cardsChanged: (time: number) => void
}

/** Watches the cards of the page's shelf from now on. */
export async function watchCards(page: Page): Promise<void> {
  await page.waitForFunction(() => document.querySelector('windowshop-shelf')?.shadowRoot?.querySelector('.ready'))
  await page.evaluate(() => {
    globalThis.cardsChanged = () => {}
    new MutationObserver(() => globalThis.cardsChanged(performance.timeOrigin + performance.now())).observe(
      document.querySelector('windowshop-shelf')!.shadowRoot!,
      { childList: true, subtree: true },
    )
  })
}

/** When the cards change next, in milliseconds since the epoch; undefined where they do not within a second. */
export function firstChange(page: Page): Promise<number | undefined> {
  return page.evaluate(
    () =>
      new Promise<number | undefined>((resolve) => {
        globalThis.cardsChanged = resolve
        setTimeout(resolve, 1000, undefined)
      }),
  )
}
