import type { Visit } from './open-lab.ts'

/** Throws where something was thrown into a page since the last look, or rejected and not caught. */
export async function checkQuiet({ errors }: Pick<Visit, 'errors'>): Promise<void> {
  const thrown = await errors()
  if (thrown.length > 0) throw new Error(`not caught: ${thrown[0]}`)
}
