/** Runs `work` once at a time: who asks while it runs is answered by one more run after it. Rejects as `work` does. */
export function oneAtATime(work: () => Promise<void>): () => Promise<void> {
  let wanted = false
  let running = false
  return async () => {
    wanted = true
    if (running) return
    running = true
    try {
      while (wanted) {
        wanted = false
        await work()
      }
    } finally {
      running = false
    }
  }
}
