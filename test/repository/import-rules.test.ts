import { spawnSync } from 'node:child_process'
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'

const root = join(import.meta.dirname, '../..')

/** File, what it does, and the rule that must refuse it. */
const refused: readonly (readonly [file: string, code: string, rule: string])[] = [
  ['src/core/a.ts', `import { open } from '../bundle/open.ts'`, 'no-restricted-imports'],
  ['src/core/b.ts', `import type { Bundle } from '../bundle/bundle.ts'`, 'no-restricted-imports'],
  ['src/core/c.ts', `import { readFile } from 'node:fs/promises'`, 'no-restricted-imports'],
  ['src/core/d.ts', `export const width = () => window.innerWidth`, 'no-restricted-globals'],
  ['src/core/deep/e.ts', `export { pack } from '../../bundle/pack.ts'`, 'no-restricted-imports'],
  ['src/bundle/a.ts', `import { score } from '../scoring/score.ts'`, 'no-restricted-imports'],
  ['src/scoring/a.ts', `import { page } from '../pipeline/answer-page.ts'`, 'no-restricted-imports'],
  ['src/pipeline/b.ts', `import { openLog } from '../../workers/event-log.ts'`, 'no-restricted-imports'],
  ['src/protocol.ts', `import { openBundle } from './bundle/open-bundle.ts'`, 'no-restricted-imports'],
  ['src/page/a.ts', `import { openDB } from 'idb'`, 'no-restricted-imports'],
  ['src/page/b.ts', `import * as tf from '@tensorflow/tfjs'`, 'no-restricted-imports'],
  ['src/page/c.ts', `import { openBundle } from '../bundle/open-bundle.ts'`, 'no-restricted-imports'],
  ['src/page/d.ts', `import { shelf } from '../shelf/shelf.ts'`, 'no-restricted-imports'],
  ['src/page/f.ts', `import { startExtras } from '../extras/run-extras.ts'`, 'no-restricted-imports'],
  ['src/extras/a.ts', `import { openBundle } from '../bundle/open-bundle.ts'`, 'no-restricted-imports'],
  ['src/extras/b.ts', `import { createRecommender } from '../recommender.ts'`, 'no-restricted-imports'],
  ['src/profile/a.ts', `import { createRecommender } from '../recommender.ts'`, 'no-restricted-imports'],
  ['src/shelf/b.ts', `import { createRecommender } from '../recommender.ts'`, 'no-restricted-imports'],
  ['src/recommender.ts', `import '@tensorflow/tfjs-backend-webgpu/dist/base'`, 'no-restricted-imports'],
  ['src/embed-core.ts', `import { shelf } from './shelf/shelf.ts'`, 'no-restricted-imports'],
  ['src/index.ts', `import { answerPage } from './pipeline/answer-page.ts'`, 'no-restricted-imports'],
  ['src/builder/a.ts', `import { createRecommender } from '../recommender.ts'`, 'no-restricted-imports'],
  ['src/workbench/a.ts', `import { answerPage } from '../pipeline/answer-page.ts'`, 'no-restricted-imports'],
  ['src/workbench/c.ts', `import { createShop } from '../builder/serve.ts'`, 'no-restricted-imports'],
  ['src/lab/a.ts', `import { html } from 'lit'`, 'no-restricted-imports'],
  ['src/lab/b.ts', `import { createRecommender } from '../recommender.ts'`, 'no-restricted-imports'],
  ['workers/a.ts', `import { capture } from '../src/page/capture.ts'`, 'no-restricted-imports'],
  ['workers/b.ts', `export const title = () => document.title`, 'no-restricted-globals'],
]

/** File, and what it may do. */
const allowed: readonly (readonly [file: string, code: string])[] = [
  ['src/core/f.ts', `import { codeOf } from '../errors.ts'`],
  ['src/bundle/b.ts', `import * as v from 'valibot'`],
  ['src/pipeline/a.ts', `import { score } from '../scoring/score.ts'`],
  ['src/page/e.ts', `import type { WorkerApi } from '../protocol.ts'`],
  ['src/extras/c.ts', `import { withLiveCards } from '../worker-client/live-cards.ts'`],
  ['src/profile/b.ts', `import { safeUrl } from '../shelf/safe-url.ts'`],
  ['src/workbench/a.ts', `import { html } from 'lit'`],
  ['src/recommender-b.ts', `export const fine = 1`],
  ['src/embed.ts', `import { shelf } from './shelf/shelf.ts'`],
  ['src/index.ts', `import type { ScorerName } from './scoring/scorer.ts'`],
  ['src/builder/b.ts', `import { answerPage } from '../pipeline/answer-page.ts'`],
  ['src/workbench/b.ts', `import { createRecommender } from '../index.ts'`],
  ['src/workbench/d.ts', `import { startLab } from '../lab/start-lab.ts'`],
  ['src/lab/c.ts', `import { answerPage } from '../pipeline/answer-page.ts'`],
  ['workers/c.ts', `import { openDB } from 'idb'`],
]

describe('who may import whom', () => {
  let broken: ReadonlyMap<string, readonly string[]>
  let kept: ReadonlyMap<string, readonly string[]>

  beforeAll(async () => {
    const cycle = [
      ['src/core/here.ts', `import { there } from './there.ts'\nexport const here = () => there`],
      ['src/core/there.ts', `import { here } from './here.ts'\nexport const there = () => here`],
    ] as const
    broken = await lint([...refused, ...cycle])
    kept = await lint(allowed)
  })

  test.each(refused)('refused in %s: %s', (file, _, rule) => {
    expect(broken.get(file)).toContain(`eslint(${rule})`)
  })

  test.each(allowed)('allowed in %s: %s', (file) => {
    expect(kept.get(file)?.filter((rule) => rule.includes('restricted')) ?? []).toEqual([])
  })

  test('an import cycle is refused', () => {
    expect(broken.get('src/core/here.ts')).toContain('import(no-cycle)')
  })

  test('every source file lies in a room of the rules', async () => {
    const config = await readFile(join(root, 'oxlint.config.mjs'), 'utf8')
    const rooms = (await readdir(join(root, 'src')))
      .filter((name) => !name.endsWith('.d.ts'))
      .map((name) => name.replace(/\.ts$/, ''))
    for (const room of rooms) expect(config, `src/${room}`).toMatch(new RegExp(`^  '?${room}'?: \\{`, 'm'))
  })
})

/** Lints a repository that holds these files alone; the names of the rules broken, by file. */
async function lint(files: readonly (readonly [file: string, code: string, ...unknown[]])[]) {
  const folder = await mkdtemp(join(tmpdir(), 'windowshop-rules-'))
  try {
    await symlink(join(root, 'node_modules'), join(folder, 'node_modules'))
    for (const name of ['package.json', 'tsconfig.json', 'oxlint.config.mjs'])
      await copyFile(join(root, name), join(folder, name))
    for (const [file, code] of files) {
      await mkdir(dirname(join(folder, file)), { recursive: true })
      await writeFile(join(folder, file), code)
    }
    const command = ['-c', 'oxlint.config.mjs', '-f', 'json', 'src', 'workers']
    const { stdout } = spawnSync(join(root, 'node_modules/.bin/oxlint'), command, { cwd: folder, encoding: 'utf8' })
    const { diagnostics } = JSON.parse(stdout) as { diagnostics: { code: string; filename: string }[] }
    const rules = new Map<string, string[]>()
    for (const { code, filename } of diagnostics) rules.set(filename, [...(rules.get(filename) ?? []), code])
    return rules
  } finally {
    await rm(folder, { recursive: true })
  }
}
