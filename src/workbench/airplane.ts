import type { Shell } from '../lab/start-shell.ts'

export interface Airplane {
  set(on: boolean): void
  /** True while it is on; what asks is about to fetch, and is counted. */
  blocks(): boolean
}

/** The page's own requests, by script, while the airplane switch is on: none leaves, each is counted. */
export function createAirplane(shell: Shell, blocked: () => void): Airplane {
  let on = false
  const refuse = () => {
    blocked()
    return new TypeError('Failed to fetch: the airplane switch is on')
  }
  const { fetch } = window
  window.fetch = (input, init) => (on ? Promise.reject(refuse()) : fetch(input, init))
  const { sendBeacon } = navigator
  navigator.sendBeacon = (url, data) => (on ? (blocked(), false) : sendBeacon.call(navigator, url, data))
  const { send } = XMLHttpRequest.prototype
  XMLHttpRequest.prototype.send = function (body) {
    if (on) throw refuse()
    send.call(this, body)
  }
  return {
    set(value) {
      on = value
      shell.setFaults({ offline: on })
    },
    blocks() {
      if (on) blocked()
      return on
    },
  }
}
