import type { Page } from 'playwright'

interface Measurement {
  readonly breakdown: readonly {
    readonly bytes: number
    readonly attribution: readonly { readonly scope: string }[]
  }[]
}

/** Bytes that the page's worker holds: heap, array buffers and WebAssembly memory. Needs a cross-origin isolated page. */
export async function workerMemory(page: Page): Promise<number> {
  const { breakdown } = await page.evaluate(() => {
    const { measureUserAgentSpecificMemory: measure } = performance as unknown as {
      measureUserAgentSpecificMemory?(): Promise<Measurement>
    }
    if (!measure) throw new Error('the page is not cross-origin isolated')
    return measure.call(performance)
  })
  const own = breakdown.filter(({ attribution }) => attribution.some(({ scope }) => scope.startsWith('Dedicated')))
  return own.reduce((sum, { bytes }) => sum + bytes, 0)
}
