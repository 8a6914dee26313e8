/** What a fault page may ask of its worker, in the query of the worker's address. */
export interface WorkerFaults {
  /** The number of the storage operation that fails, from 1; 0 or absent: none, they are only counted. */
  readonly failAt?: number
  /** Name of the DOMException. */
  readonly error?: string
  /** At once, or when the transaction completes. */
  readonly when?: 'now' | 'late'
  /** The version of the database that is asked for is this much higher. */
  readonly newer?: number
  /** The device is destroyed during the GPU's call of this number, from 1. */
  readonly gpuFailAt?: number
  /** `name:absent` or `name:throwing` of what the browser lacks, with commas between. */
  readonly lacks?: string
}

/** What the worker tells from inside, as `globalThis.faults`, and who asks on the channel `faults` to `tell`. */
export interface WorkerFaultState {
  operations: number
  /** Calls of the GPU that are waited for. */
  gpuCalls: number
  /** The operation that failed. */
  struck: string
  /** How often the fault took effect. */
  seen: number
  /** Unhandled errors and rejections. */
  errors: string[]
  /** Milliseconds that the clock is wrong. */
  clock: number
}

/**
 * Runs in the worker before the worker's own code, so it must stand alone: it is sent as its text. Reads what to break
 * from the worker's address.
 */
export function installWorkerFaults(): void {
  const wanted = Object.fromEntries(new URLSearchParams(location.search)) as Record<string, string | undefined>
  const state: WorkerFaultState = { operations: 0, gpuCalls: 0, seen: 0, struck: '', errors: [], clock: 0 }
  const scope = globalThis as unknown as Record<string, unknown>
  scope['faults'] = state
  const channel = new BroadcastChannel('faults')
  channel.addEventListener('message', ({ data }) => data === 'tell' && channel.postMessage(state))
  addEventListener('error', (event) => state.errors.push(String((event as ErrorEvent).message)))
  addEventListener('unhandledrejection', (event) => state.errors.push(String((event as PromiseRejectionEvent).reason)))
  const { now } = Date
  Date.now = () => now() + state.clock

  for (const lack of wanted['lacks']?.split(',').filter(Boolean) ?? []) {
    const [name, how] = lack.split(':') as [string, string]
    const [owner, property] =
      name === 'subtle' ? [Object.getPrototypeOf(crypto) as object, 'subtle'] : [globalThis, name]
    const get = () => {
      state.seen++
      if (how === 'throwing') throw new DOMException('injected', 'SecurityError')
      return undefined
    }
    Object.defineProperty(owner, property, { configurable: true, get })
  }

  loseGpu(Number(wanted['gpuFailAt'] ?? 0))

  const failAt = Number(wanted['failAt'] ?? 0)
  const failure = () => new DOMException('injected', wanted['error'] ?? 'UnknownError')
  /** Counts an operation; true for the one that fails. */
  const strike = () => ++state.operations === failAt
  type Method = (...values: unknown[]) => unknown
  const wrap = (prototype: object, name: string, transactionOf: (self: never) => IDBTransaction | undefined) => {
    const methods = prototype as Record<string, Method>
    const original = methods[name]!
    methods[name] = function (this: never, ...values) {
      if (!strike()) return original.apply(this, values)
      state.struck = `${prototype.constructor.name}.${name}`
      state.seen++
      const transaction = transactionOf(this)
      if (wanted['when'] !== 'late' || !transaction) throw failure()
      Object.defineProperty(transaction, 'error', { value: failure() })
      const abort = () => {
        try {
          transaction.abort()
        } catch {
          // It was over.
        }
      }
      // A commit that fails has been asked for without an error, as when the disk turns out to be full.
      if (name === 'commit') return queueMicrotask(abort)
      const result = original.apply(this, values)
      if (result instanceof IDBRequest) result.addEventListener('success', abort)
      else abort()
      return result
    }
  }
  if (typeof IDBFactory === 'undefined' || wanted['lacks']) return
  for (const name of ['add', 'put', 'get', 'getAll', 'delete', 'clear'])
    wrap(IDBObjectStore.prototype, name, ({ transaction }: IDBObjectStore) => transaction)
  for (const name of ['get', 'getKey', 'getAll', 'getAllKeys'])
    wrap(IDBIndex.prototype, name, ({ objectStore }: IDBIndex) => objectStore.transaction)
  wrap(IDBTransaction.prototype, 'commit', (transaction: IDBTransaction) => transaction)
  wrap(IDBDatabase.prototype, 'transaction', () => undefined)
  for (const name of ['open', 'deleteDatabase', 'databases']) wrap(IDBFactory.prototype, name, () => undefined)
  const newer = Number(wanted['newer'] ?? 0)
  if (newer > 0) {
    const { open } = IDBFactory.prototype
    IDBFactory.prototype.open = function (name, version) {
      state.seen++
      return open.call(this, name, version && name === 'windowshop' ? version + newer : version)
    }
  }

  function loseGpu(at: number): void {
    if (typeof GPUDevice === 'undefined') return
    type Async = (...values: unknown[]) => Promise<unknown>
    let latest: GPUDevice | undefined
    const methods = [
      [GPU, 'requestAdapter'],
      [GPUAdapter, 'requestDevice'],
      [GPUDevice, 'createComputePipelineAsync'],
      [GPUDevice, 'popErrorScope'],
      [GPUBuffer, 'mapAsync'],
      [GPUQueue, 'onSubmittedWorkDone'],
    ] as const
    for (const [{ prototype }, name] of methods) {
      const holder = prototype as unknown as Record<string, Async>
      const original = holder[name]!
      holder[name] = async function (this: unknown, ...values) {
        const number = ++state.gpuCalls
        const under = original.apply(this, values)
        if (name === 'requestDevice') latest = (await under) as GPUDevice
        if (number !== at) return under
        state.seen++
        // Without a device yet, the adapter is not there.
        if (name === 'requestAdapter') return null
        latest?.destroy()
        return under
      }
    }
  }
}
