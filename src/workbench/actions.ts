import type { Recommender } from '../index.ts'
import type { Lab } from '../lab/start-lab.ts'
import type { Shell } from '../lab/start-shell.ts'
import { changeCart, saveCart } from './cart.ts'
import type { Product } from './catalogue.ts'
import { download } from './download.ts'
import { openOwn } from './drop/open-own.ts'
import { forgetOffline, keepOffline } from './offline.ts'
import { addressOfSize, largeBundle, withOption, type choices, type Size } from './options.ts'
import { hrefOf } from './routes.ts'
import { noticeOf } from './problem.ts'
import { reportCart, reportItem } from './shop-events.ts'
import type { State } from './state.ts'
import type { Store } from './store.ts'
import type { Tab } from './tabs.ts'
import { texts } from './texts.ts'
import { stopOf } from './tour/tour.ts'

/** What a visitor can do. */
export interface Actions {
  addToCart(product: Product): void
  removeFromCart(product: Product): void
  wish(product: Product): void
  checkout(): void
  search(query: string): void
  sort(order: State['sort']): void
  showMore(): void
  explain(item: string): void
  forget(eventId: string): void
  pause(paused: boolean): void
  erase(): void
  exportLog(): void
  choose(name: keyof typeof choices, value: string): void
  toggleSheet(): void
  /** Puts a text on the clipboard, and says so. */
  copy(text: string, notice: string): void
  openTab(tab: Tab): void
  /** Goes to a stop of the guided tour, from 0; undefined ends it. */
  tour(stop: number | undefined): void
  /** Cuts the page off from the network, or lets it back. */
  fly(on: boolean): void
  /** Opens a built bundle or a catalogue that the visitor brings. */
  bring(files: readonly File[]): void
  /** Goes to the sample shop of another size. */
  resize(size: Size): void
}

export interface ActionTargets {
  readonly recommender: Promise<Recommender>
  readonly shell: Shell
  readonly lab: Lab
  readonly airplane: { set(on: boolean): void }
}

export function createActions(store: Store<State>, { recommender, shell, lab, airplane }: ActionTargets): Actions {
  const cartChange = (product: Product, change: 1 | -1) => {
    const cart = changeCart(store.state.cart, product.id, change)
    saveCart(cart)
    store.set({ cart })
    reportItem(change > 0 ? 'add_to_cart' : 'remove_from_cart', product, 1)
  }
  const tell = (error: unknown) => store.set({ notice: noticeOf(error, store.state.options.language) })
  const withRecommender = (use: (recommender: Recommender) => Promise<unknown>) => {
    const run = async () => {
      const started = await recommender
      await use(started)
      store.set({ status: await started.status() })
    }
    run().catch(tell)
  }
  /** The large shop is made behind the small one, and may not be there yet. */
  const leaveFor = async (size: Size) => {
    const words = texts[store.state.options.language]
    const answer = size === 'small' || (await fetch(largeBundle, { method: 'HEAD' }).catch(() => undefined))
    if (answer === true || answer?.ok) return location.assign(addressOfSize(location.href, size))
    store.set({ notice: answer ? words.sizeMissing : words.sizeAway })
  }
  const openTab = (tab: Tab) => {
    history.replaceState(history.state, '', withOption(location.href, 'tab', tab))
    store.set({ tab })
  }
  return {
    addToCart: (product) => cartChange(product, 1),
    removeFromCart: (product) => cartChange(product, -1),
    wish(product) {
      if (store.state.wished.includes(product.id)) return
      store.set({ wished: [...store.state.wished, product.id] })
      reportItem('add_to_wishlist', product)
    },
    checkout() {
      const { cart: lines, catalogue } = store.state
      if (!catalogue || catalogue === 'missing' || lines.length === 0) return
      reportCart('begin_checkout', { lines, catalogue })
      reportCart('purchase', { lines, catalogue }, crypto.randomUUID())
      saveCart([])
      store.set({ cart: [] })
      location.hash = hrefOf({ page: 'done' })
    },
    search(query) {
      location.hash = hrefOf({ page: 'search', query })
    },
    sort: (sort) => store.set({ sort }),
    showMore: () => store.set({ shown: store.state.shown + 24 }),
    explain: (explained) => store.set({ explained }),
    forget: (eventId) => withRecommender(({ profile }) => profile.remove(eventId)),
    pause: (paused) => withRecommender(({ profile }) => (paused ? profile.pause() : profile.resume())),
    erase: () =>
      withRecommender(async ({ profile }) => {
        await profile.erase()
        store.set({ notice: texts[store.state.options.language].erased })
      }),
    exportLog: () => withRecommender(async ({ profile }) => download('windowshop-log.json', await profile.export())),
    choose(name, value) {
      const address = withOption(location.href, name, value)
      if (name === 'scorer') return location.assign(address)
      history.replaceState(history.state, '', address)
      store.set({ options: { ...store.state.options, [name]: value } })
      if (name !== 'consent') return
      withRecommender((started) => started.consent(value as 'granted' | 'denied'))
      void (value === 'granted' ? keepOffline(shell) : forgetOffline())
    },
    toggleSheet: () => store.set({ sheet: !store.state.sheet }),
    copy(text, notice) {
      navigator.clipboard.writeText(text).then(
        () => store.set({ notice }),
        () => store.set({ notice: texts[store.state.options.language].copyRefused }),
      )
    },
    openTab,
    tour(tour) {
      store.set({ tour })
      if (tour === undefined) return
      const { sheet, isNow } = stopOf(tour)
      store.set({ sheet })
      if (isNow) openTab('now')
    },
    fly(on) {
      airplane.set(on)
      store.set({ airplane: on, blocked: 0 })
    },
    bring(files) {
      const words = texts[store.state.options.language]
      store.set({ notice: words.bringing })
      openOwn(files, lab)
        .then((opened) => opened || store.set({ notice: words.bringNothing }))
        .catch(tell)
    },
    resize: (size) => void leaveFor(size),
  }
}
