import type { EventRecord } from '../core/event.ts'
import { plainText } from '../core/plain-text.ts'
import { readKnown, type Known, type ProfileSource } from './profile-state.ts'
import { createProfileView, type ProfileView } from './profile-view.ts'
import { fillIn, profileStringsOf, type ProfileStrings } from './strings.ts'

/** Importing this file outside a browser is harmless. */
const Base = globalThis.HTMLElement ?? (class {} as typeof HTMLElement)

const elements = new Set<ProfileElement>()
let source: ProfileSource | undefined

/** Gives every profile of the page, present and future, its recommender. */
export function connectProfiles(to: ProfileSource): void {
  source = to
  for (const element of elements) element.connect()
}

/**
 * `<windowshop-profile lang>`: what this device knows of its shopper, in words and bars, and the means to forget a part or
 * all of it, to pause, to save a copy and to add one. What the shop puts in it is shown until it is connected.
 */
export class ProfileElement extends Base {
  static readonly observedAttributes = ['lang']

  #view: ProfileView | undefined
  #known: Known | undefined
  #strings: Partial<ProfileStrings> = {}
  #stop = () => {}
  #reading = 0

  connectedCallback(): void {
    elements.add(this)
    this.connect()
  }

  disconnectedCallback(): void {
    elements.delete(this)
    this.#stop()
  }

  attributeChangedCallback(): void {
    this.#show()
  }

  /** Words of this profile by key, in place of the built-in ones. */
  get strings(): Partial<ProfileStrings> {
    return this.#strings
  }

  set strings(strings: Partial<ProfileStrings>) {
    this.#strings = strings
    this.#show()
  }

  connect(): void {
    this.#stop()
    this.#stop = source?.profile.watch(() => void this.#read()) ?? (() => {})
    void this.#read()
  }

  async #read(): Promise<void> {
    const reading = ++this.#reading
    if (!source) return
    try {
      const known = await readKnown(source)
      // A later reading knows more.
      if (reading !== this.#reading || !this.isConnected) return
      this.#known = known
      this.#show()
    } catch {
      this.#view?.say(this.#words().failed)
    }
  }

  #show(): void {
    if (!this.#known || !this.isConnected) return
    this.#view ??= createProfileView(this, {
      remove: (event) =>
        this.#do(
          async ({ profile }) => void (await profile.remove(event.id)),
          () => this.#forgotten(event),
        ),
      pause: (paused) => this.#do(({ profile }) => (paused ? profile.pause() : profile.resume())),
      save: () => this.#do(async ({ profile }) => download(await profile.export())),
      add: (file) => void this.#add(file),
      turnTo: (change, said) =>
        this.#do(
          async ({ profile }) => void (await profile.who(change)),
          () => said,
        ),
      erase: () =>
        this.#do(
          ({ profile }) => profile.erase(),
          () => this.#words().erased,
        ),
    })
    this.#view.show({ known: this.#known, strings: this.#words(), language: this.#language(), now: Date.now() })
  }

  #do(work: (from: ProfileSource) => Promise<void>, said: () => string = () => ''): void {
    if (!source) return
    const text = said()
    work(source).then(
      () => {
        this.#view?.say(text)
        return this.#read()
      },
      () => this.#view?.say(this.#words().failed),
    )
  }

  async #add(file: File): Promise<void> {
    const { imported, broken } = this.#words()
    try {
      const { imported: count } = await source!.profile.import(await file.text())
      this.#view?.say(fillIn(imported, String(count)))
      await this.#read()
    } catch {
      this.#view?.say(broken)
    }
  }

  #forgotten({ item, context }: EventRecord): string {
    const { removed, something } = this.#words()
    const title = item === undefined ? context?.query : (this.#known?.cards.get(item)?.title ?? item)
    return fillIn(removed, plainText(title ?? '') || something)
  }

  #words(): ProfileStrings {
    return profileStringsOf(this.#language(), this.#strings)
  }

  #language(): string {
    return this.closest('[lang]')?.getAttribute('lang') || document.documentElement.lang || navigator.language
  }
}

/** Hands the shopper a file: no request, no server. */
function download(json: string): void {
  const url = URL.createObjectURL(new Blob([json], { type: 'application/json' }))
  const link = document.createElement('a')
  link.href = url
  link.download = 'windowshop.json'
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
