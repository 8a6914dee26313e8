import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { type BuildEnvironmentOptions, defineConfig, type UserConfig } from 'vite'
import { ascii } from './scripts/ascii-plugin.ts'
import { assemblyscript } from './scripts/assemblyscript-plugin.ts'
import { copyOutputs } from './scripts/copy-outputs-plugin.ts'
import { shaders } from './scripts/shaders-plugin.ts'
import { squeeze } from './scripts/squeeze-plugin.ts'
import { leanComlink } from './scripts/lean-comlink-plugin.ts'
import { leanIdb } from './scripts/lean-idb-plugin.ts'
import { leanValibot } from './scripts/lean-valibot-plugin.ts'
import { workerUrl } from './scripts/worker-url-plugin.ts'

const at = (path: string) => resolve(import.meta.dirname, path)
const built = {
  worker: at('dist/windowshop.worker.js'),
  scorers: at('dist/windowshop.scorers.js'),
  extras: at('dist/windowshop.extras.js'),
  profile: at('dist/windowshop.profile.js'),
  models: at('dist/windowshop.models.js'),
  tensorflow: at('dist/windowshop.tensorflow.js'),
  late: at('dist/windowshop.late.js'),
}
const target = 'es2022'
/** Compiling the WebAssembly takes most of a first build; that is no news. */
const checks = { pluginTimings: false }
const common = { outDir: at('dist'), emptyOutDir: false, copyPublicDir: false, target, reportCompressedSize: false }

/** One file, whatever it imports. */
function single(entry: string, fileName: string, format: 'es' | 'iife'): BuildEnvironmentOptions {
  return {
    ...common,
    minify: true,
    lib: { entry: at(entry), formats: [format], name: 'Windowshop', fileName: () => fileName },
    rolldownOptions: {
      checks,
      // Hints to bundlers help nobody here: the file is what a page runs.
      output: {
        codeSplitting: false,
        ...(format === 'iife' && { extend: true }),
        minify: true,
        comments: { annotation: false },
      },
    },
  }
}

/** A script of a tag has no `import.meta`; it tells the recommender where the worker is. */
const scriptTag = { 'import.meta.url': 'document.baseURI', __TAG__: 'true' }

/** The outputs by the name of their mode: `vite build --mode worker`. The worker carries the hashes of scorers, models and late parts, pages those of worker and extras, these that of the profile. */
const outputs: Record<string, () => UserConfig> = {
  scorers: () => ({
    plugins: [shaders(), squeeze()],
    build: single('src/scoring/late-scorers.ts', 'windowshop.scorers.js', 'es'),
  }),
  tensorflow: () => ({ build: single('src/models/late-tensorflow.ts', 'windowshop.tensorflow.js', 'es') }),
  models: () => ({
    plugins: [squeeze()],
    build: single('workers/late-models.ts', 'windowshop.models.js', 'es'),
  }),
  late: () => ({ plugins: [squeeze()], build: single('workers/late.ts', 'windowshop.late.js', 'es') }),
  worker: () => ({
    plugins: [squeeze()],
    build: single('workers/recommender.worker.ts', 'windowshop.worker.js', 'es'),
  }),
  sw: () => ({ build: single('src/service-worker/windowshop-sw.ts', 'windowshop-sw.js', 'iife') }),
  profile: () => ({
    plugins: [squeeze(), ascii()],
    build: single('src/profile/define-profile.ts', 'windowshop.profile.js', 'es'),
  }),
  extras: () => ({
    plugins: [squeeze(), ascii()],
    build: single('src/extras/extras.ts', 'windowshop.extras.js', 'es'),
  }),
  page: () => ({
    define: scriptTag,
    plugins: [squeeze(), ascii()],
    build: single('src/embed.ts', 'windowshop.js', 'iife'),
  }),
  core: () => ({
    define: scriptTag,
    plugins: [squeeze(), ascii()],
    build: single('src/embed-core.ts', 'windowshop.core.js', 'iife'),
  }),
  lib: () => ({
    build: {
      ...common,
      minify: false,
      lib: { entry: { index: at('src/index.ts'), inspect: at('src/inspect.ts') }, formats: ['es'] },
      rolldownOptions: { checks, output: { entryFileNames: '[name].js', chunkFileNames: 'shared.js' } },
    },
  }),
  cli: () => ({
    build: {
      ...common,
      ssr: at('src/builder/cli.ts'),
      target: 'node20',
      minify: false,
      rolldownOptions: {
        checks,
        // What a command needs alone is loaded with it.
        output: { entryFileNames: 'cli.js', chunkFileNames: 'cli-[name].js', banner: '#!/usr/bin/env node' },
      },
    },
    ssr: { noExternal: true, external: runtimeDependencies() },
  }),
  workbench: () => ({
    base: './',
    plugins: [
      copyOutputs({
        'windowshop.worker.js': 'assets/windowshop.worker.js',
        'windowshop.scorers.js': 'assets/windowshop.scorers.js',
        'windowshop.models.js': 'assets/windowshop.models.js',
        'windowshop.tensorflow.js': 'assets/windowshop.tensorflow.js',
        'windowshop.late.js': 'assets/windowshop.late.js',
        'windowshop-sw.js': 'windowshop-sw.js',
      }),
    ],
    worker: { format: 'es', plugins: () => plugins(), rolldownOptions: { output: { hashCharacters: 'hex' } } },
    build: {
      ...common,
      outDir: at('dist/workbench'),
      emptyOutDir: true,
      copyPublicDir: true,
      // The service worker knows files that are named after their content by hex digits.
      rolldownOptions: { checks, output: { hashCharacters: 'hex' } },
    },
  }),
}

export const plugins = () => [assemblyscript(), workerUrl(), leanComlink(), leanIdb(), leanValibot()]

/**
 * What the sources may ask of the build: the SHA-256 of files built before, as Subresource Integrity, empty while serving
 * sources; and what packages ask, which a library build would leave open.
 */
export function define(building: boolean): Record<string, string> {
  return {
    __WORKER_INTEGRITY__: JSON.stringify(building ? integrityOf(built.worker) : ''),
    __SCORERS_INTEGRITY__: JSON.stringify(building ? integrityOf(built.scorers) : ''),
    __EXTRAS_INTEGRITY__: JSON.stringify(building ? integrityOf(built.extras) : ''),
    __PROFILE_INTEGRITY__: JSON.stringify(building ? integrityOf(built.profile) : ''),
    __MODELS_INTEGRITY__: JSON.stringify(building ? integrityOf(built.models) : ''),
    __TENSORFLOW_INTEGRITY__: JSON.stringify(building ? integrityOf(built.tensorflow) : ''),
    __LATE_INTEGRITY__: JSON.stringify(building ? integrityOf(built.late) : ''),
    ...(building && { __TAG__: 'false' }),
    ...(building && { 'process.env.NODE_ENV': '"production"' }),
  }
}

export default defineConfig(({ command, mode }) => {
  const output = outputs[mode]?.() ?? {}
  return {
    ...output,
    plugins: [...plugins(), ...(output.plugins ?? [])],
    define: { ...define(command === 'build'), ...output.define },
  }
})

function integrityOf(file: string): string {
  if (!existsSync(file)) return ''
  return `sha256-${createHash('sha256').update(readFileSync(file)).digest('base64')}`
}

function runtimeDependencies(): string[] {
  const manifest = JSON.parse(readFileSync(at('package.json'), 'utf8')) as Record<string, Record<string, string>>
  return Object.keys({ ...manifest['dependencies'], ...manifest['peerDependencies'] })
}
