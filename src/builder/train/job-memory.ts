import { parameterPlaces, type EncoderShape } from './encoder-shape.ts'

/** The fields of `Job` in `kernels/job.as.ts`, in its order, 4 bytes each. */
const fields = [
  'dims',
  'items',
  'negatives',
  'tile',
  'logitBytes',
  'features',
  'featureRows',
  'bonuses',
  'bonusTerms',
  'parameters',
  'shards',
  'rows',
  'rowMeans',
  'rowSquares',
  'rowSteps',
  'weights',
  'weightMeans',
  'weightSquares',
  'rates',
  'meanPowers',
  'squarePowers',
  'examples',
  'slots',
  'slotItem',
  'eventSlot',
  'eventFeature',
  'eventFrom',
  'localSlot',
  'localBonus',
  'localValue',
  'localExample',
  'localFrom',
  'slotEvents',
  'slotEventAt',
  'slotLocals',
  'slotLocalAt',
  'exampleWeight',
  'units',
  'norms',
  'candidates',
  'candidateNorms',
  'candidateColumns',
  'candidateRows',
  'events',
  'eventGradients',
  'keys',
  'gates',
  'attention',
  'last',
  'lastKeys',
  'query',
  'queryNorm',
  'queryGradient',
  'lastGradient',
  'localGradient',
  'logits',
  'candidateGradient',
  'weightGradient',
  'loss',
  'scratch',
  'scratchBytes',
  'packedWeights',
  'itemUnits',
  'itemColumns',
  'better',
  'step',
  'seed',
  'eventThreshold',
  'candidateThreshold',
  'eventScale',
  'candidateScale',
  'inverseTemperature',
  'correction',
  'meanDecay',
  'squareDecay',
  'epsilon',
  'totalWeight',
] as const

export type JobField = (typeof fields)[number]

export interface JobLimits {
  /** Examples of a batch, and of one pass of an evaluation. */
  readonly examples: number
  /** Events of an example. */
  readonly events: number
  /** Candidates of one example alone. */
  readonly locals: number
  /** Candidates that a batch shares, a multiple of 8. */
  readonly negatives: number
  readonly steps: number
}

/** The memory that the threads share: the job's structure, and the arrays that it points at. */
export interface JobMemory {
  readonly memory: WebAssembly.Memory
  /** Addresses of the job and of the word that the threads agree by. */
  readonly job: number
  readonly word: number
  readonly limits: JobLimits
  set(field: JobField, value: number): void
  setFloat(field: JobField, value: number): void
  get(field: JobField): number
  /** `count` numbers of the array that a field points at. */
  floats(field: JobField, count: number): Float32Array
  whole(field: JobField, count: number): Uint32Array
}

/** Parts of a batch that are reduced in this order: the same for any number of threads. */
export const shards = 4
const tile = 32
/** Logits of a row in an evaluation are as many as a tile's of a batch: they stay in the cache. */
const leastLogits = 1024
/** Length of the tables of powers in `kernels/job.as.ts`. */
export const powers = 1024

/** Allocates everything that training and evaluating an encoder of this shape needs. */
export function allocateJob(shape: EncoderShape, limits: JobLimits): JobMemory {
  const { dims, items } = shape
  const { examples, negatives } = limits
  const parameters = parameterPlaces(shape).length
  const events = examples * limits.events
  const locals = examples * limits.locals
  const slots = Math.min(items, negatives + events + locals)
  const padded = Math.ceil(items / 8) * 8
  const shardEvents = Math.ceil(examples / (tile * shards)) * tile * limits.events
  const scratch = (3 + Math.max(shardEvents, tile)) * dims
  const logits = Math.max(negatives, leastLogits)
  const sizes: Partial<Record<JobField, number>> = {
    rows: items * dims,
    rowMeans: items * dims,
    rowSquares: items * dims,
    rowSteps: items,
    weights: parameters,
    weightMeans: parameters,
    weightSquares: parameters,
    rates: limits.steps + 1,
    meanPowers: powers,
    squarePowers: powers,
    slotItem: slots,
    eventSlot: events,
    eventFeature: events * shape.features,
    eventFrom: examples + 1,
    localSlot: locals,
    localBonus: locals * shape.bonusTerms,
    localValue: locals * shape.bonusTerms,
    localExample: locals,
    localFrom: examples + 1,
    slotEvents: slots + 1,
    slotEventAt: events,
    slotLocals: slots + 1,
    slotLocalAt: locals,
    exampleWeight: examples,
    units: slots * dims,
    norms: slots,
    candidates: slots * dims,
    candidateNorms: slots,
    candidateColumns: negatives * dims,
    candidateRows: negatives * dims,
    events: events * dims,
    eventGradients: events * dims,
    keys: events * dims,
    gates: events * dims,
    attention: events,
    last: examples * dims,
    lastKeys: examples * dims,
    query: examples * dims,
    queryNorm: examples,
    queryGradient: examples * dims,
    lastGradient: examples * dims,
    localGradient: locals,
    logits: shards * tile * logits,
    candidateGradient: shards * negatives * dims,
    weightGradient: shards * parameters,
    loss: shards * 2,
    scratch: shards * scratch,
    packedWeights: 4 * dims * dims,
    itemUnits: padded * dims,
    itemColumns: padded * dims,
    better: examples,
  }
  // The first 64 kB hold the constants of the compiled code.
  const word = 65536
  const job = word + 64
  let end = job + 512
  const addresses = new Map<JobField, number>()
  for (const [field, size] of Object.entries(sizes)) {
    addresses.set(field as JobField, end)
    end += Math.ceil((size * 4) / 64) * 64
  }
  const pages = Math.ceil(end / 65536)
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true })
  const view = new DataView(memory.buffer, job)
  const at = new Map(fields.map((field, i) => [field, i * 4]))
  const set = (field: JobField, value: number) => view.setUint32(at.get(field)!, value, true)
  for (const [field, address] of addresses) set(field, address)
  const { features, featureRows, bonuses, bonusTerms } = shape
  const plain = { dims, items, negatives, tile, features, featureRows, bonuses, bonusTerms, parameters, shards }
  for (const [field, value] of Object.entries(plain)) set(field as JobField, value)
  set('logitBytes', logits * 4)
  set('scratchBytes', scratch * 4)
  return {
    memory,
    job,
    word,
    limits,
    set,
    setFloat: (field, value) => view.setFloat32(at.get(field)!, value, true),
    get: (field) => view.getUint32(at.get(field)!, true),
    floats: (field, count) => new Float32Array(memory.buffer, view.getUint32(at.get(field)!, true), count),
    whole: (field, count) => new Uint32Array(memory.buffer, view.getUint32(at.get(field)!, true), count),
  }
}
