/** How an encoder is trained; the defaults were chosen on validation sessions (docs/training.md). */
export interface EncoderSettings {
  /** Dimensions of an item row, a multiple of 8. */
  readonly dims: number
  /** Events of a session that count, most recent ones. */
  readonly length: number
  readonly temperature: number
  /** Shares of the numbers of events, and of candidates, that are dropped: 0 to 1, in steps of 1/256. */
  readonly eventDropout: number
  readonly candidateDropout: number
  /** Items drawn without replacement for a batch, candidates for all its examples. */
  readonly negatives: number
  /** Whether a drawn item stands for all those that were not: its logit is raised by log(items / negatives). */
  readonly corrected: boolean
  readonly batch: number
  /** Learning rate of Adam, and what is left of it after this share of all steps. */
  readonly rate: number
  readonly fallAfter: number
  readonly fallTo: number
  readonly epochs: number
  /** Epochs worse than the best one, once the rate has fallen, before training stops. */
  readonly patience: number
  readonly seed: number
  readonly threads: number
}

export const defaultEncoderSettings: EncoderSettings = {
  dims: 64,
  length: 20,
  temperature: 0.07,
  eventDropout: 0.2,
  candidateDropout: 0.2,
  negatives: 2048,
  corrected: true,
  batch: 512,
  rate: 1e-3,
  fallAfter: 2 / 3,
  fallTo: 0.1,
  epochs: 6,
  patience: 1,
  seed: 1,
  threads: 2,
}
