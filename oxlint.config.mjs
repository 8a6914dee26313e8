// Lint rules, and who may import whom (DESIGN.md, "Rooms"). `test/repository/import-rules.test.ts` proves that they fire.
import { readFileSync } from 'node:fs'
import { defineConfig } from 'oxlint'

const below = ['errors', 'core', 'bundle', 'scoring', 'models', 'pipeline']

/**
 * For each room (a folder or a file of src/, or another folder of the repository): the rooms that it may import, those
 * of which it may import types alone, and the packages. A room may always import itself.
 */
const mayImport = {
  errors: {},
  'fetch-script': {},
  core: { rooms: ['errors'] },
  bundle: { rooms: ['errors', 'core'], packages: ['valibot'] },
  scoring: { rooms: ['errors', 'core', 'bundle'] },
  models: { rooms: ['errors', 'core', 'bundle'], packages: ['@tensorflow/*'] },
  pipeline: { rooms: ['errors', 'core', 'bundle', 'scoring', 'models'] },
  protocol: { types: ['errors', 'core', 'bundle', 'scoring'] },
  workers: { rooms: [...below, 'protocol', 'fetch-script'], packages: ['comlink', 'idb', 'valibot', '@tensorflow/*'] },
  'worker-client': { rooms: ['errors', 'core', 'protocol', 'fetch-script'] },
  page: { rooms: ['errors', 'core', 'protocol', 'fetch-script'], types: ['worker-client'] },
  extras: { rooms: ['errors', 'fetch-script', 'core', 'protocol', 'page', 'worker-client'] },
  shelf: { rooms: ['errors', 'core', 'protocol'] },
  profile: { rooms: ['errors', 'core', 'protocol', 'shelf'] },
  recommender: { rooms: ['errors', 'core', 'protocol', 'page', 'worker-client'], types: ['scoring'] },
  'embed-core': { rooms: ['errors', 'core', 'protocol', 'page', 'recommender'] },
  embed: { rooms: ['errors', 'core', 'protocol', 'page', 'shelf', 'recommender', 'embed-core'] },
  index: {
    rooms: ['errors', 'core', 'protocol', 'page', 'extras', 'shelf', 'profile', 'recommender', 'worker-client'],
    types: ['bundle', 'scoring'],
  },
  inspect: { rooms: [...below, 'protocol', 'page', 'worker-client', 'recommender'] },
  'service-worker': { packages: ['workbox-*'] },
  builder: { rooms: below, packages: ['*'] },
  bench: { rooms: [...below, 'builder', 'scripts'], packages: ['*'] },
  lab: { rooms: [...below, 'protocol', 'builder'], packages: ['csv-parse'] },
  workbench: { rooms: ['errors', 'index', 'inspect', 'lab'], packages: ['lit', 'kdbush', '@observablehq/plot'] },
}

const files = ['errors', 'fetch-script', 'protocol', 'recommender', 'embed', 'embed-core', 'index', 'inspect']
const outsideSrc = ['workers', 'bench']
/** Rooms that run where there is no page: in the worker, in Node. */
const withoutDom = [...below, 'fetch-script', 'protocol', 'workers', 'builder', 'service-worker']
const domGlobals = ['window', 'document', 'localStorage', 'sessionStorage', 'history', 'HTMLElement', 'Element']

const manifest = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'))
const packages = Object.keys({
  ...manifest.dependencies,
  ...manifest.devDependencies,
  ...manifest.peerDependencies,
  ...manifest.optionalDependencies,
})
const specifiers = ['node:*', ...packages]

function override(room) {
  const { rooms = [], types = [], packages: allowed = [] } = mayImport[room]
  const others = [...Object.keys(mayImport), 'scripts', 'test'].filter((name) => name !== room && !rooms.includes(name))
  const refusedPackages = specifiers.filter((name) => !allowed.some((entry) => matches(entry, name)))
  const where = outsideSrc.includes(room) ? room : `src/${room}`
  const patterns = [
    refuse(room, roomsAt(others.filter((name) => !types.includes(name)))),
    types.length && { ...refuse(room, roomsAt(types)), allowTypeImports: true },
    refusedPackages.length && refuse(room, `^(${refusedPackages.map(packageAt).join('|')})(/.*)?$`),
  ]
  return {
    files: files.includes(room) ? [`${where}.ts`] : [`${where}/**`],
    rules: {
      'no-restricted-imports': ['error', { patterns: patterns.filter(Boolean) }],
      ...(withoutDom.includes(room) && { 'no-restricted-globals': ['error', ...domGlobals] }),
    },
  }
}

function refuse(room, regex) {
  return { regex, message: `${room} may not import this: see DESIGN.md, Rooms` }
}

/** Relative specifiers that lead into one of the rooms. */
function roomsAt(names) {
  const folders = names.filter((name) => !files.includes(name))
  const single = names.filter((name) => files.includes(name))
  return `^\\.(.*/)?((${folders.join('|') || '-'})/.*|(${single.join('|') || '-'})\\.ts)$`
}

function packageAt(name) {
  return name === 'node:*' ? 'node:[^/]+' : name.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
}

function matches(entry, name) {
  return entry.endsWith('*') ? name.startsWith(entry.slice(0, -1)) : name === entry
}

export default defineConfig({
  plugins: ['typescript', 'unicorn', 'oxc', 'import', 'promise', 'vitest'],
  options: { typeAware: true, denyWarnings: true, reportUnusedDisableDirectives: 'error' },
  categories: { correctness: 'error', suspicious: 'error' },
  ignorePatterns: ['dist', '.demo', '.demo-large', '.cache', '**/*.as.ts', '**/fixtures/**', '*.worklet.js'],
  rules: {
    eqeqeq: 'error',
    'no-console': 'error',
    'no-empty': ['error', { allowEmptyCatch: false }],
    'no-var': 'error',
    'prefer-const': 'error',
    'import/no-cycle': 'error',
    'import/no-default-export': 'error',
    'typescript/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports' }],
    'typescript/no-explicit-any': 'error',
    'typescript/no-floating-promises': 'error',
    'typescript/no-misused-promises': 'error',
    'typescript/only-throw-error': 'error',
    'typescript/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    'unicorn/prefer-node-protocol': 'error',
    'vitest/valid-expect': ['error', { maxArgs: 2 }],
    'no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
    'typescript/no-extraneous-class': ['error', { allowEmpty: true }],
    'vitest/expect-expect': ['error', { assertFunctionNames: ['expect', 'expect.*', 'expect*', 'check*', 'until'] }],
    // Short names in a small scope read well twice.
    'no-shadow': 'off',
    // It does not see that a loop's body changes what an object holds.
    'no-unmodified-loop-condition': 'off',
    // Ports and workers are no windows: they take no origin, and `onmessage` also starts a port.
    'unicorn/require-post-message-target-origin': 'off',
    'unicorn/prefer-add-event-listener': 'off',
    // `new Array(n).fill()` is how typed loops begin.
    'unicorn/no-new-array': 'off',
    'promise/always-return': 'off',
    'no-underscore-dangle': [
      'error',
      {
        allow: [
          '__WORKER_INTEGRITY__',
          '__EXTRAS_INTEGRITY__',
          '__PROFILE_INTEGRITY__',
          '__SCORERS_INTEGRITY__',
          '__LATE_INTEGRITY__',
          '__MODELS_INTEGRITY__',
          '__TENSORFLOW_INTEGRITY__',
          '__TAG__',
          '__tcfapi',
          '__wbg_set_wasm',
        ],
      },
    ],
    // `noImplicitReturns` of TypeScript knows which switches are exhaustive.
    'typescript/consistent-return': 'off',
    // What crosses a border is only said to have its type: it is converted and compared for good reasons.
    'typescript/no-base-to-string': 'off',
    'typescript/no-misused-spread': 'off',
    'typescript/no-unnecessary-boolean-literal-compare': 'off',
    'typescript/no-unnecessary-type-conversion': 'off',
    'typescript/no-unnecessary-type-parameters': 'off',
    'typescript/no-meaningless-void-operator': 'off',
    'import/no-unassigned-import': 'off',
    // TypeScript knows better, `?wasm` imports included.
    'import/default': 'off',
    // Helpers and random cases expect, too.
    'vitest/no-conditional-expect': 'off',
    'vitest/no-standalone-expect': 'off',
    'vitest/require-mock-type-parameters': 'off',
    // Sorting a fresh copy in place is fine; toSorted needs a newer browser than we ask for.
    'unicorn/no-array-sort': 'off',
    'unicorn/no-array-reverse': 'off',
    // A closure beside its only use reads better than one far away.
    'unicorn/consistent-function-scoping': 'off',
    // At the border every value is unknown and is narrowed by hand.
    'typescript/no-unsafe-type-assertion': 'off',
    // It takes needed `!` for unnecessary ones.
    'typescript/no-unnecessary-type-assertion': 'off',
    // Our interfaces are written with method signatures and filled with closures, which have no `this` to lose.
    'typescript/unbound-method': 'off',
  },
  overrides: [
    ...Object.keys(mayImport).map(override),
    {
      files: ['scripts/**', 'bench/**', 'test/**', 'src/builder/cli.ts', '*.config.*'],
      rules: { 'no-console': 'off' },
    },
    { files: ['*.config.*', '**/*.d.ts', 'examples/{next,nuxt}/**'], rules: { 'import/no-default-export': 'off' } },
    {
      files: ['test/**'],
      rules: { 'typescript/restrict-template-expressions': 'off' },
    },
  ],
})
