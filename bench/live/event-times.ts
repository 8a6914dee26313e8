import type { Page } from 'playwright'

type Command = (command: string, ...values: unknown[]) => Promise<unknown>

/**
 * Tracks views of the items one after the other, each after a random pause of up to a frame, and resolves to the
 * milliseconds from each call of `track` until the page's shelf has been drawn anew.
 */
export function eventTimes(page: Page, items: readonly string[]): Promise<number[]> {
  return page.evaluate(async (ids) => {
    const { windowshop } = globalThis as unknown as { windowshop: Command }
    let version = -1
    let arrived = () => {}
    // Told after the shelf element, which was there first: by then it is drawn.
    const stop = await windowshop('watch', { placement: 'for-you', limit: 8 }, (answer: { version?: number }) => {
      if ((answer.version ?? -1) <= version) return
      version = answer.version!
      arrived()
    })
    const times: number[] = []
    for (const item of ids) {
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 16))
      const begin = performance.now()
      const answered = new Promise<void>((resolve, reject) => {
        arrived = resolve
        setTimeout(() => reject(new Error(`no new shelf within 5 s of a view of ${item}`)), 5000)
      })
      void windowshop('track', { kind: 'view_item', item })
      await answered
      times.push(performance.now() - begin)
    }
    ;(stop as () => void)()
    return times
  }, items)
}
