export interface EncoderRow {
  /** Events of the session that is asked about. */
  readonly events: number
  readonly median_ms: number
  readonly p95_ms: number
}

/** How long an encoder takes in a worker. */
export async function measureEncoder(): Promise<EncoderRow[]> {
  const worker = new Worker(new URL('./encoder.worker.ts', import.meta.url), { type: 'module' })
  try {
    return await new Promise((resolve, reject) => {
      worker.addEventListener('message', ({ data }: MessageEvent<EncoderRow[]>) => resolve(data), { once: true })
      worker.addEventListener('error', ({ message }) => reject(new Error(message)), { once: true })
    })
  } finally {
    worker.terminate()
  }
}
