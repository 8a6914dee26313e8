// Lint rules, and who may import whom (DESIGN.md, "Rooms"). `test/repository/import-rules.test.ts` proves that they fire.
import { readFileSync } from 'node:fs'
import { defineConfig } from 'oxlint'

const below = ['errors', 'core', 'bundle', 'scoring', 'models', 'pipeline']

/**
 * For each room (a folder or a file of src/, or another folder of the repository) the rooms and packages that it may
 * import. A room may always import itself.
 */
const mayImport = {
  errors: { rooms: [], packages: [] },
  core: { rooms: ['errors'], packages: [] },
  bundle: { rooms: ['errors', 'core'], packages: ['valibot'] },
  scoring: { rooms: ['errors', 'core', 'bundle'], packages: [] },
  models: { rooms: ['errors', 'core', 'bundle'], packages: ['@tensorflow/*'] },
  pipeline: { rooms: ['errors', 'core', 'bundle', 'scoring', 'models'], packages: [] },
  // Types alone cross the worker's boundary, so the protocol may name the types of the rooms below.
  protocol: { rooms: ['errors', 'core', 'bundle', 'scoring'], packages: [] },
  workers: { rooms: [...below, 'protocol'], packages: ['comlink', 'idb', '@tensorflow/*'] },
  page: { rooms: ['errors', 'core', 'protocol'], packages: ['comlink'] },
  shelf: { rooms: ['errors', 'core', 'protocol'], packages: ['lit'] },
  recommender: { rooms: ['errors', 'core', 'protocol', 'page'], packages: ['comlink'] },
  'embed-core': { rooms: ['errors', 'core', 'protocol', 'page', 'recommender'], packages: [] },
  embed: { rooms: ['errors', 'core', 'protocol', 'page', 'shelf', 'recommender', 'embed-core'], packages: [] },
  index: { rooms: ['errors', 'core', 'protocol', 'scoring', 'page', 'shelf', 'recommender'], packages: [] },
  inspect: { rooms: [...below, 'protocol', 'page', 'recommender'], packages: [] },
  'service-worker': { rooms: [], packages: ['workbox-*'] },
  builder: { rooms: below, packages: 'any' },
  bench: { rooms: [...below, 'builder', 'scripts'], packages: 'any' },
  workbench: { rooms: ['errors', 'index', 'inspect'], packages: ['lit'] },
}

const files = ['errors', 'protocol', 'recommender', 'embed', 'embed-core', 'index', 'inspect']
const outsideSrc = ['workers', 'bench']
/** Rooms that run in the worker, in Node and in the page alike: no DOM, no window. */
const withoutDom = [...below, 'protocol', 'workers', 'builder']
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
  const { rooms, packages: allowed } = mayImport[room]
  const denied = [...Object.keys(mayImport), 'scripts', 'test'].filter((name) => name !== room && !rooms.includes(name))
  const folders = denied.filter((name) => !files.includes(name))
  const single = denied.filter((name) => files.includes(name))
  const patterns = [
    { regex: `^\\..*/(${folders.join('|')})/`, message: `${room} may not import from this room: see DESIGN.md, Rooms` },
    {
      regex: `^\\.\\./([^a-z].*/)?(src/)?(${single.join('|')})\\.ts$|^\\./(${single.join('|')})\\.ts$`,
      message: `${room} may not import this file: see DESIGN.md, Rooms`,
    },
  ]
  if (allowed !== 'any') {
    const refused = specifiers.filter((name) => !allowed.some((entry) => matches(entry, name)))
    patterns.push({
      regex: `^(${refused.map((name) => (name === 'node:*' ? 'node:.*' : escape(name))).join('|')})(/.*)?$`,
      message: `${room} may not import this package: see DESIGN.md, Rooms`,
    })
  }
  const root = outsideSrc.includes(room) ? room : `src/${room}`
  return {
    files: files.includes(room) ? [`${root}.ts`] : [`${root}/**`],
    rules: {
      'no-restricted-imports': ['error', { patterns }],
      ...(withoutDom.includes(room) && { 'no-restricted-globals': ['error', ...domGlobals] }),
    },
  }
}

function matches(entry, name) {
  return entry.endsWith('*') ? name.startsWith(entry.slice(0, -1)) : name === entry
}

function escape(text) {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
}

export default defineConfig({
  plugins: ['typescript', 'unicorn', 'oxc', 'import', 'promise', 'vitest'],
  options: { typeAware: true, denyWarnings: true, reportUnusedDisableDirectives: 'error' },
  categories: { correctness: 'error', suspicious: 'error' },
  ignorePatterns: ['dist', '.demo', '.cache', '**/*.as.ts', '**/fixtures/**', '*.worklet.js'],
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
    'typescript/switch-exhaustiveness-check': 'error',
    'unicorn/prefer-node-protocol': 'error',
    // Sorting a fresh copy in place is fine; toSorted needs a newer browser than we ask for.
    'unicorn/no-array-sort': 'off',
    'unicorn/no-array-reverse': 'off',
    // A closure beside its only use reads better than one far away.
    'unicorn/consistent-function-scoping': 'off',
    // At the border every value is unknown and is narrowed by hand.
    'typescript/no-unsafe-type-assertion': 'off',
    // Our interfaces are written with method signatures and filled with closures, which have no `this` to lose.
    'typescript/unbound-method': 'off',
  },
  overrides: [
    ...Object.keys(mayImport).map(override),
    {
      files: ['scripts/**', 'bench/**', 'test/**', 'src/builder/cli.ts', '*.config.*'],
      rules: { 'no-console': 'off' },
    },
    { files: ['*.config.*', '**/*.d.ts'], rules: { 'import/no-default-export': 'off' } },
    {
      files: ['test/**'],
      rules: { 'typescript/restrict-template-expressions': 'off', 'typescript/no-base-to-string': 'off' },
    },
  ],
})
