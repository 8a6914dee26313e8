/** What protects something, and the check that has to notice when it is gone. */
export interface Guard {
  readonly name: string
  readonly file: string
  /** Stands in the file exactly once. */
  readonly guard: string
  /** What stands there without it. */
  readonly without: string
  /** A row of `npm run faults`, or a test file that runs in Node. */
  readonly shownBy: { readonly row: string; readonly share?: number } | { readonly test: string }
  /** The outputs that have to be built for it. */
  readonly builds?: readonly string[]
}

export const guards: readonly Guard[] = [
  {
    name: 'files are compared with their SHA-256',
    file: 'workers/bundle-store.ts',
    guard: '        await verifyFile(entry, bytes)\n',
    without: '',
    shownBy: { row: 'cut-download', share: 0.1 },
    builds: ['worker'],
  },
  {
    name: 'an event is acknowledged after its transaction',
    file: 'workers/event-log.ts',
    guard: '        await tx.done\n',
    without: '',
    shownBy: { row: 'fail-operation', share: 0.2 },
    builds: ['worker'],
  },
  {
    name: 'an older build of a generation is refused',
    file: 'workers/served-shop.ts',
    guard: 'manifest.sequence < kept.sequence',
    without: 'false',
    shownBy: { row: 'mixed-bundles', share: 0.1 },
    builds: ['worker'],
  },
  {
    name: 'a failing GPU hands its request to another scorer',
    file: 'workers/served-shop.ts',
    guard: "      if (shop.scorer.name !== 'webgpu') throw error\n",
    without: '      if (error) throw error\n',
    // The last awaits are those of an answer: a part of the cases may miss them.
    shownBy: { row: 'gpu-lost' },
    builds: ['worker'],
  },
  {
    name: 'addresses are http(s)',
    file: 'src/shelf/safe-url.ts',
    guard: "protocol === 'https:' || protocol === 'http:' ? href : undefined",
    without: 'protocol && href',
    shownBy: { row: 'hostile-titles', share: 0.1 },
    builds: ['page'],
  },
  {
    name: 'messages pass the filter',
    file: 'workers/message-filter.ts',
    guard: "  if (typeof id !== 'string' || type !== 'APPLY') return undefined\n",
    without: '  if (id) return data as object\n',
    shownBy: { test: 'test/workers/message-filter.test.ts' },
  },
  {
    name: "commands are the target's own methods",
    file: 'src/page/command-queue.ts',
    guard: 'Object.hasOwn(target, String(name)) && ',
    without: '',
    shownBy: { test: 'test/page/command-queue.test.ts' },
  },
  {
    name: 'a silent worker is replaced',
    file: 'src/worker-client/connect-worker.ts',
    guard: '      else if (silence >= deadAfter << deaths) die()\n',
    without: '',
    shownBy: { test: 'test/recommender/connect-worker.test.ts' },
  },
  {
    name: 'an event on its way to a dying worker is sent to the next one',
    file: 'src/worker-client/connect-worker.ts',
    guard: '/^(track|page|rerank)$/',
    without: '/^$/',
    shownBy: { test: 'test/recommender/connect-worker.test.ts' },
  },
  {
    name: 'an event is sent to a second worker, and to no third',
    file: 'src/worker-client/connect-worker.ts',
    guard: '          repeats = false\n',
    without: '',
    shownBy: { test: 'test/recommender/connect-worker.test.ts' },
  },
  {
    name: 'a clock that jumps ahead is not believed at once',
    file: 'workers/trust-time.ts',
    guard: 'now >= since + day ? { trusted: now } : { trusted, since: Math.min(since, now) }',
    without: 'since ? { trusted: now } : { trusted }',
    shownBy: { test: 'test/workers/trust-time.test.ts' },
  },
  {
    name: 'events keep to 2 KiB at the worker, too',
    file: 'workers/parse-arguments.ts',
    guard: '.length > maxBytes)',
    without: '.length > Infinity)',
    shownBy: { row: 'bad-events', share: 0.01 },
  },
  {
    name: 'a table has no more rows than its files have bytes for',
    file: 'src/bundle/manifest.ts',
    guard: '(to - from) * rowBytes > entry.bytes',
    without: 'to < from',
    shownBy: { row: 'bad-manifests', share: 0.2 },
  },
  {
    name: 'no more is read than was declared',
    file: 'workers/download.ts',
    guard: 'if (length > maxBytes) {',
    without: 'if (length < 0) {',
    shownBy: { row: 'bad-tables', share: 0.1 },
  },
  {
    name: 'numbers of tables are finite',
    file: 'src/bundle/columns.ts',
    guard: 'size <= 3.4028234663852886e38 && ',
    without: '',
    shownBy: { row: 'bad-tables', share: 0.1 },
  },
  {
    name: 'what is learned rests on five customers',
    file: 'src/builder/privacy.ts',
    guard: 'minCustomers = 5',
    without: 'minCustomers = 1',
    shownBy: { row: 'planted-customers', share: 0.2 },
  },
]
