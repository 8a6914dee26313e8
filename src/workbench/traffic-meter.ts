/** What left this page, as the page itself sees it. */
export interface Traffic {
  /** Bytes in bodies and query strings of requests, and in WebSocket messages. */
  readonly sent: number
  /** Requests made since the page opened, its own files included. */
  readonly requests: number
  /** Of those, requests for pictures. */
  readonly pictures: number
}

/**
 * Counts what the page sends: it stands in front of `fetch`, `XMLHttpRequest`, `sendBeacon` and `WebSocket`, and reads
 * every resource's address (scripts, pictures, forms of tracking by url) from the browser's own list. Requests of workers
 * are not in that list; the recommender's worker says itself what it fetched, and has no code that sends.
 */
export function meterTraffic(listener: (traffic: Traffic) => void): () => void {
  let traffic: Traffic = { sent: 0, requests: 0, pictures: 0 }
  const add = (change: Partial<Traffic>) => {
    traffic = {
      sent: traffic.sent + (change.sent ?? 0),
      requests: traffic.requests + (change.requests ?? 0),
      pictures: traffic.pictures + (change.pictures ?? 0),
    }
    listener(traffic)
  }
  const addBody = (body: unknown) => {
    if (body !== null && body !== undefined) void bytesOf(body).then((sent) => sent > 0 && add({ sent }))
  }

  const observer = new PerformanceObserver((list) => {
    const entries = list.getEntries() as PerformanceResourceTiming[]
    add({
      requests: entries.length,
      pictures: entries.filter(({ initiatorType }) => ['img', 'image', 'css'].includes(initiatorType)).length,
      sent: entries.reduce((sum, { name }) => sum + queryBytes(name), 0),
    })
  })
  observer.observe({ type: 'resource', buffered: true })

  const undo = [
    wrap(window, 'fetch', ([input, init]) => {
      addBody((init as RequestInit | undefined)?.body ?? (input instanceof Request ? input.clone() : null))
    }),
    wrap(navigator, 'sendBeacon', ([, body]) => addBody(body)),
    wrap(XMLHttpRequest.prototype, 'send', ([body]) => addBody(body)),
    wrap(WebSocket.prototype, 'send', ([data]) => addBody(data)),
  ]
  return () => {
    observer.disconnect()
    for (const restore of undo) restore()
  }
}

/** Bytes of an address after the `?`; versions of files (`?v=`, `?t=` of a development server) are counted too. */
function queryBytes(address: string): number {
  return new TextEncoder().encode(new URL(address, location.href).search.slice(1)).length
}

async function bytesOf(body: unknown): Promise<number> {
  if (body instanceof Request) return body.body === null ? 0 : (await body.arrayBuffer()).byteLength
  return (await new Response(body as BodyInit).arrayBuffer()).byteLength
}

type Method = (this: unknown, ...parameters: unknown[]) => unknown

/** Calls `before` with the arguments of every call of a method. Returns the undo. */
function wrap<Target extends object>(
  target: Target,
  name: keyof Target,
  before: (parameters: readonly unknown[]) => void,
): () => void {
  const methods = target as Record<typeof name, Method>
  const original = methods[name]
  methods[name] = function (...parameters) {
    before(parameters)
    return original.apply(this, parameters)
  }
  return () => {
    methods[name] = original
  }
}
