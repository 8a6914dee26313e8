import { SingleBar } from 'cli-progress'

/** Hears how far the builder is. */
export interface Progress {
  /** Begins a stage and ends the one before; its `advance` takes the share done, 0 to 1, and what else there is to tell. */
  stage(name: string): (done: number, note?: string) => void
  end(): void
}

export const silent: Progress = { stage: () => () => {}, end: () => {} }

/** Where there is no terminal, what a stage has to tell is told this often. */
const linePauseMs = 60_000

/** A bar a stage on standard error, in a terminal; elsewhere one line a stage, and one a minute of what takes longer. */
export function showProgress(output: NodeJS.WriteStream = process.stderr): Progress {
  let bar: SingleBar | undefined
  const end = () => {
    bar?.update(1)
    bar?.stop()
    bar = undefined
  }
  return {
    stage(name) {
      end()
      if (!output.isTTY) {
        output.write(`${name}\n`)
        let toldAt = performance.now()
        return (done, note) => {
          if (note === undefined || performance.now() - toldAt < linePauseMs) return
          toldAt = performance.now()
          output.write(`${name}: ${Math.round(100 * done)} %, ${note}\n`)
        }
      }
      const own = new SingleBar({
        stream: output,
        format: `${name.padEnd(28)} {bar} {percentage} % {duration_formatted}  {note}`,
        barsize: 30,
        hideCursor: true,
        etaBuffer: 1,
      })
      bar = own
      own.start(1, 0, { note: '' })
      return (done, note = '') => {
        if (bar === own) own.update(Math.min(1, done), { note })
      }
    },
    end,
  }
}
