import { WindowshopError } from '../errors.ts'
import { createLab } from './create-lab.ts'
import type { LabAnswer, LabCall, LabError } from './lab-api.ts'

const lab = createLab()

globalThis.addEventListener('message', ({ data }: MessageEvent<LabCall>) => {
  const { id, method, value } = data
  const answer = (told: LabAnswer) => globalThis.postMessage(told)
  const call = lab[method] as (value: unknown) => Promise<unknown>
  call(value).then(
    (result) => answer({ id, value: result }),
    (error: unknown) => answer({ id, error: onWire(error) }),
  )
})

function onWire(error: unknown): LabError {
  if (error instanceof WindowshopError) return { code: error.code, details: error.details }
  return { message: error instanceof Error ? error.message : String(error) }
}
