import { WindowshopError } from '../src/errors.ts'
import type { Who } from '../src/protocol.ts'
import { nobody, revise, type Device } from './device.ts'
import type { History } from './history.ts'
import { parseWho } from './parse-late.ts'

const prefix = 'name '
const mostNames = 20

/**
 * Changes who is at this device, part by part, and tells who is then. Throws `call-refused`, and `storage-denied` where
 * nothing is kept: then nothing is learned, and there is nobody to tell apart but customers.
 */
export async function who(history: History, input: unknown): Promise<Who> {
  const { account, name, forget, gift } = parseWho(input)
  await history.ready
  if (account !== undefined) {
    await history.sign(account && `account ${account}`)
    // A tab that sleeps hears nothing, and finds it here.
    await write(history, (device) => ({ ...device, locks: Math.random() })).catch(() => undefined)
  }
  if (name !== undefined) await share(history, (device) => turnTo(device, name.trim()))
  if (forget !== undefined) {
    const profile = prefix + forget
    await share(history, (device) => without(device, forget))
    for (const gone of [profile, giftOf(profile)]) await drop(history, gone)
  }
  if (gift !== undefined) await chooseGift(history, gift)
  return describe(history)
}

const drop = (history: History, profile: string) => history.change((log) => log.clear(profile))

/** Changes who is known to share the device; false where nothing is kept. */
function write(history: History, change: (device: Device) => Device): Promise<boolean> {
  return history.change((log) =>
    log.write(async (tx) => {
      const meta = tx.objectStore('meta')
      const device = ((await meta.get('device')) ?? nobody) as Device
      await Promise.all([meta.put(change(device), 'device'), revise(meta)])
    }),
  )
}

async function share(history: History, change: (device: Device) => Device): Promise<void> {
  if (!(await write(history, change))) throw new WindowshopError('storage-denied')
}

function turnTo(device: Device, name: string): Device {
  if (name === '') return { ...device, current: 'default' }
  const names = [...new Set([...device.names, name])]
  if (names.length > mostNames) throw new WindowshopError('call-refused')
  return { ...device, current: prefix + name, names }
}

function without(device: Device, name: string): Device {
  const profile = prefix + name
  return {
    ...device,
    current: device.current === profile ? 'default' : device.current,
    names: device.names.filter((other) => other !== name),
    gifts: device.gifts.filter((other) => other !== profile),
  }
}

/** What was done for one gift is forgotten before the next, however the last one ended. */
async function chooseGift(history: History, chosen: boolean): Promise<void> {
  const owner = ownerOf(history)
  const others = (device: Device) => device.gifts.filter((other) => other !== owner)
  if (history.device.gifts.includes(owner) === chosen) return
  if (chosen) await drop(history, giftOf(owner))
  await share(history, (device) => ({ ...device, gifts: chosen ? [...others(device), owner] : others(device) }))
  if (!chosen) await drop(history, giftOf(owner))
}

function describe(history: History): Who {
  const { account, device } = history
  const name = device.current.startsWith(prefix) && device.current.slice(prefix.length)
  return {
    account: Boolean(account),
    ...(!account && name && { name }),
    // Whoever has signed in is shown nobody else.
    names: account ? [] : device.names,
    gift: device.gifts.includes(ownerOf(history)),
  }
}

const giftOf = (profile: string) => `gift ${profile}`

function ownerOf({ account, device }: History): string {
  return account || device.current
}
