import { SingleBar } from 'cli-progress'

/** Hears how far the builder is. */
export interface Progress {
  /** Begins a stage and ends the one before; its `advance` takes the share done, 0 to 1. */
  stage(name: string): (done: number) => void
  end(): void
}

export const silent: Progress = { stage: () => () => {}, end: () => {} }

/** A bar a stage on standard error, in a terminal; one line a stage elsewhere. */
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
        return () => {}
      }
      const own = new SingleBar({
        stream: output,
        format: `${name.padEnd(28)} {bar} {percentage} % {duration_formatted}`,
        barsize: 30,
        hideCursor: true,
        etaBuffer: 1,
      })
      bar = own
      own.start(1, 0)
      return (done) => {
        if (bar === own) own.update(Math.min(1, done))
      }
    },
    end,
  }
}
