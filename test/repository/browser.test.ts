import { afterEach, expect, test, vi } from 'vitest'
import { findChromium } from '../../scripts/browser.ts'

afterEach(() => {
  vi.unstubAllEnvs()
})

test('the browser named in the environment is the one to test with', () => {
  vi.stubEnv('WINDOWSHOP_BROWSER', process.execPath)
  expect(findChromium()).toBe(process.execPath)
})

test('a browser named in the environment that is not there is an error, never another browser', () => {
  vi.stubEnv('WINDOWSHOP_BROWSER', '/nowhere/chromium')
  expect(() => findChromium()).toThrow('WINDOWSHOP_BROWSER names /nowhere/chromium, which does not exist')
})
