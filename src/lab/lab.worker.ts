import { createLab } from './create-lab.ts'
import type { LabAnswer, LabCall } from './lab-api.ts'

const lab = createLab()

globalThis.addEventListener('message', ({ data }: MessageEvent<LabCall>) => {
  const { id, method, value } = data
  const answer = (told: LabAnswer) => globalThis.postMessage(told)
  const call = lab[method] as (value: unknown) => Promise<unknown>
  call(value).then(
    (result) => answer({ id, value: result }),
    (error: unknown) => answer({ id, error: error instanceof Error ? error.message : String(error) }),
  )
})
