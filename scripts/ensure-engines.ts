// Installs Firefox and WebKit where they are missing and can be; ends with 1 where they cannot.
import { ensureProgram } from '../test/engines/ensure-program.ts'

try {
  for (const name of ['firefox', 'webkit', 'xvfb'] as const) ensureProgram(name)
} catch (error) {
  console.error(String(error))
  process.exit(1)
}
