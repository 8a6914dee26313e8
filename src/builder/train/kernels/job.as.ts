// What the threads share: one structure, written by `layout.ts` field by field in this order, 4 bytes each.

@unmanaged
export class Job {
  // Sizes.
  dims: usize
  items: usize
  /** Columns of the candidates that a batch shares, sampled without replacement: the first slots; % 8 = 0. */
  negatives: usize
  /** Rows of a tile of logits. */
  tile: usize
  /** Bytes between the logits of two rows. */
  logitBytes: usize
  /** Kinds of session features of an event: its position, ... */
  features: usize
  featureRows: usize
  bonuses: usize
  /** Bonuses of a local candidate, each times a value. */
  bonusTerms: usize
  parameters: usize
  shards: usize

  // The model and its moments: items x dims, and the parameters in the order of `parameterAt`.
  rows: usize
  rowMeans: usize
  rowSquares: usize
  /** Per item, the step at which its row was last brought up to date. */
  rowSteps: usize
  weights: usize
  weightMeans: usize
  weightSquares: usize
  /** Per step: learning rate x bias corrections of Adam; the first entry is step 0. */
  rates: usize
  /** Powers of Adam's two decays, `POWERS` of each. */
  meanPowers: usize
  squarePowers: usize

  // The batch. A slot is a distinct item of it: the negatives first.
  examples: usize
  slots: usize
  slotItem: usize
  /** Events of all examples, one after another, oldest first: slot, features. */
  eventSlot: usize
  eventFeature: usize
  /** Per example its first event; one entry more. */
  eventFrom: usize
  /** Candidates of one example alone, the target first: slot, and per term a bonus and its value. */
  localSlot: usize
  localBonus: usize
  localValue: usize
  /** The example that it belongs to. */
  localExample: usize
  localFrom: usize
  /** Per slot its events and its local candidates; one entry more. */
  slotEvents: usize
  slotEventAt: usize
  slotLocals: usize
  slotLocalAt: usize
  exampleWeight: usize

  // Values and gradients.
  /** slots x dims: unit rows, and those that stand as candidates, after dropout; and the norms of what they were. */
  units: usize
  norms: usize
  candidates: usize
  candidateNorms: usize
  candidateColumns: usize
  candidateRows: usize
  /** events x dims. */
  events: usize
  eventGradients: usize
  keys: usize
  gates: usize
  attention: usize
  /** examples x dims. */
  last: usize
  lastKeys: usize
  query: usize
  queryNorm: usize
  queryGradient: usize
  lastGradient: usize
  localGradient: usize
  /** Per shard. */
  logits: usize
  candidateGradient: usize
  weightGradient: usize
  loss: usize
  /** A few rows, and a shard's events or a tile packed; `scratchBytes` a shard. */
  scratch: usize
  scratchBytes: usize
  /** The two square matrices of the encoder, packed both ways. */
  packedWeights: usize

  // Evaluation.
  itemUnits: usize
  itemColumns: usize
  /** Per example, how many items score above its target. */
  better: usize

  step: u32
  seed: u32
  eventThreshold: u32
  candidateThreshold: u32
  eventScale: f32
  candidateScale: f32
  inverseTemperature: f32
  /** Added to the logits of sampled negatives: each stands for many. */
  correction: f32
  meanDecay: f32
  squareDecay: f32
  epsilon: f32
  totalWeight: f32
}

/** Where parameters begin, counted in numbers: W, V (dims x dims), features (rows x dims), q (dims), bonuses. */
export function parameterAt(job: Job, which: usize): usize {
  const dims = job.dims
  const square = dims * dims
  if (which == 0) return 0
  if (which == 1) return square
  if (which == 2) return 2 * square
  if (which == 3) return 2 * square + job.featureRows * dims
  return 2 * square + job.featureRows * dims + dims
}

export const POWERS: u32 = 1024
