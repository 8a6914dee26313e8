import type { Page } from 'playwright'

type Command = (command: string, ...values: unknown[]) => Promise<unknown>

/**
 * Tracks views of the items one after the other, each after the time that a shopper's frames need, and resolves to the
 * milliseconds from each call of `track` until the page's shelf has other cards. A view that changes no card counts for
 * nothing; fewer than half may be of that kind.
 */
export function eventTimes(page: Page, items: readonly string[]): Promise<number[]> {
  return page.evaluate(async (ids) => {
    const { windowshop } = globalThis as unknown as { windowshop: Command }
    const root = document.querySelector('windowshop-shelf')!.shadowRoot!
    let drawn = () => {}
    const observer = new MutationObserver(() => drawn())
    observer.observe(root, { childList: true, subtree: true })
    const times: number[] = []
    for (const item of ids) {
      // A random phase of the frame, so that times are not those of a lucky moment.
      await new Promise((resolve) => setTimeout(resolve, 50 + Math.random() * 16))
      const begin = performance.now()
      const time = await new Promise<number | undefined>((resolve) => {
        drawn = () => resolve(performance.now() - begin)
        setTimeout(resolve, 1000, undefined)
        void windowshop('track', { kind: 'view_item', item })
      })
      if (time !== undefined) times.push(time)
    }
    observer.disconnect()
    if (times.length < ids.length / 2) throw new Error(`only ${times.length} of ${ids.length} views changed the shelf`)
    return times
  }, items)
}
