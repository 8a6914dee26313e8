import { openChromium } from './chromium.ts'
import type { Engine, EngineOptions } from './engine.ts'
import { openFirefox } from './firefox.ts'
import { openWebkit } from './webkit.ts'

export const engines: Readonly<Record<string, (options?: EngineOptions) => Promise<Engine>>> = {
  Chromium: openChromium,
  Firefox: openFirefox,
  WebKit: openWebkit,
}
