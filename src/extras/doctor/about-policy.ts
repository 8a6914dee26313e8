import type { Finding } from './diagnose.ts'
import type { Violation } from './violations.ts'

const advice: Readonly<Record<string, string>> = {
  'worker-src': "Add the worker's origin to worker-src, or `blob:` where it comes from another origin.",
  'script-src': 'Add the origin of the scripts to script-src; from another origin `blob:` as well.',
  'script-src-elem': 'Add the origin of the scripts to script-src; from another origin `blob:` as well.',
  'connect-src': "Add the bundle's origin to connect-src: a worker from a verified copy obeys the page's policy.",
  'img-src': "Add the pictures' origin to img-src.",
  'trusted-types': 'Add `windowshop` to trusted-types.',
  'require-trusted-types-for': 'Add `windowshop` to trusted-types.',
  'wasm-eval': "Add 'wasm-unsafe-eval' to script-src; without it plain JavaScript serves.",
}

/** What of Windowshop's own the page's policy forbids. */
export function aboutPolicy(violations: readonly Violation[]): Finding[] {
  const ours = violations.filter(
    ({ directive, blocked }) =>
      blocked.includes('windowshop') ||
      blocked === 'blob' ||
      blocked.startsWith('blob:') ||
      /trusted-types|wasm/.test(`${directive} ${blocked}`),
  )
  if (ours.length === 0)
    return [{ level: 'good', says: 'The Content Security Policy has forbidden nothing of Windowshop.' }]
  return ours.map(({ directive, blocked }) => ({
    level: 'problem',
    says: `The Content Security Policy forbids ${blocked} (${directive}).`,
    advice: advice[blocked] ?? advice[directive] ?? 'Compare the policy with the lines of the README.',
  }))
}
