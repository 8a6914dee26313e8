/** Addresses of the recommender's own files, beside this script. */
export const workerFiles = {
  worker: new URL('./windowshop.worker.js', import.meta.url).href,
  scorers: new URL('./windowshop.scorers.js', import.meta.url).href,
} as const
