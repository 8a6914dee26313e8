import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

/** A connection as a phone has it. */
export interface LinkSpeed {
  /** Round trip, in milliseconds. */
  readonly roundTrip: number
  /** Bytes a second, shared by all connections. */
  readonly down: number
  readonly up: number
}

/** Slow 4G as Lighthouse simulates it: 150 ms, 1.6 Mbit/s down, 750 kbit/s up. */
export const slow4g: LinkSpeed = { roundTrip: 150, down: 200_000, up: 93_750 }

export interface SlowLink {
  /** Origin with a slash. */
  readonly url: string
  /** Undefined: as fast as it goes. */
  setSpeed(speed: LinkSpeed | undefined): void
  close(): Promise<void>
}

/**
 * A TCP proxy in front of `target` with the latency and bandwidth of a slow link. The browser's own emulation does not
 * reach the requests of workers; this one reaches everything.
 */
export async function openSlowLink(target: string): Promise<SlowLink> {
  const port = Number(new URL(target).port)
  const sockets = new Set<Socket>()
  let speed: LinkSpeed | undefined
  /** When the last byte accepted so far will have left, by direction. */
  const busyUntil = { down: 0, up: 0 }

  const server = createServer({ noDelay: true }, (client) => {
    const upstream = connect({ port, host: 'localhost', noDelay: true })
    // Opening a connection takes a round trip before the first byte.
    const opened = performance.now() + (speed?.roundTrip ?? 0)
    pass(client, upstream, 'up', opened)
    pass(upstream, client, 'down', opened)
  })

  function pass(from: Socket, to: Socket, direction: 'up' | 'down', opened: number): void {
    sockets.add(from)
    let lastArrival = opened
    const after = (arrival: number, action: () => void) => {
      lastArrival = Math.max(lastArrival, arrival)
      if (speed) setTimeout(action, lastArrival - performance.now())
      else action()
    }
    from.on('data', (data) => {
      if (!speed) {
        to.write(data)
        return
      }
      const begin = Math.max(performance.now(), busyUntil[direction])
      busyUntil[direction] = begin + (data.length / speed[direction]) * 1000
      // Backpressure, so that little is in flight when many connections share the link.
      from.pause()
      after(busyUntil[direction] + speed.roundTrip / 2, () => to.write(data))
      setTimeout(() => from.resume(), busyUntil[direction] - performance.now())
    })
    from.on('end', () => after(performance.now() + (speed?.roundTrip ?? 0) / 2, () => to.end()))
    from.on('error', () => to.destroy())
    from.on('close', () => {
      sockets.delete(from)
      // A page that is gone takes no bandwidth: what was on its way to it is not sent.
      if (direction === 'up') to.destroy()
    })
  }

  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, 'localhost', resolve))
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}/`,
    setSpeed: (wanted) => (speed = wanted),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
}
