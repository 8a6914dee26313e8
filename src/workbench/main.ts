import { render } from 'lit'
import { createRecommender, defineShelves, watchDataLayer } from '../index.ts'
import { createActions } from './actions.ts'
import { loadCart } from './cart.ts'
import { createCatalogue, productOfCard } from './catalogue.ts'
import { flip } from './flip.ts'
import { createFormat } from './format.ts'
import { catalogueOfBundle, loadCatalogue } from './load-catalogue.ts'
import { observe } from './observe.ts'
import { keepOffline } from './offline.ts'
import { parseOptions } from './options.ts'
import { withOwnPages } from './own-pages.ts'
import { pageTitle } from './page-title.ts'
import { parseRoute } from './routes.ts'
import { keepScrollPlaces } from './scroll-places.ts'
import { reportPage } from './shop-events.ts'
import { initialState } from './state.ts'
import { stayOnPage } from './stay-on-page.ts'
import { createStore } from './store.ts'
import { texts } from './texts.ts'
import { meterTraffic } from './traffic-meter.ts'
import { workbench } from './workbench.ts'

const noticeMs = 8000

const options = parseOptions(location.search, navigator.language)
const store = createStore(initialState(options, parseRoute(location.hash), loadCart()))
meterTraffic((traffic) => store.set({ traffic }))

const { bundle, consent, scorer } = options
const recommender = createRecommender({ bundle, consent, scorer })
const actions = createActions(store, recommender)

let notice = ''
/** A notice goes when it has been read. */
function clearNotice(): void {
  if (store.state.notice === notice) return
  notice = store.state.notice
  const shown = notice
  setTimeout(() => store.state.notice === shown && store.set({ notice: '' }), noticeMs)
}

const root = document.querySelector<HTMLElement>('#workbench')!
const draw = () => {
  const { state } = store
  const { language, theme } = state.options
  document.documentElement.lang = language
  document.documentElement.dataset['theme'] = theme
  const bench = { state, actions, texts: texts[language], format: createFormat(language) }
  document.title = pageTitle(bench)
  flip(root, () => render(workbench(bench), root))
}
store.subscribe(draw)
store.subscribe(clearNotice)
draw()

async function startRecommender(): Promise<void> {
  const started = await recommender
  defineShelves(options.sample ? started : withOwnPages(started))
  watchDataLayer({ track: (event) => started.track(event) })
  observe(store, started)
}

async function openShop(): Promise<void> {
  const own = options.sample ? await loadCatalogue() : undefined
  const catalogue = own ?? (await recommender.then(catalogueOfBundle).catch(() => undefined))
  store.set({ catalogue: catalogue ?? 'missing' })
  await openPage()
  if (options.consent === 'granted') await keepOffline(options)
}

/** What a shop does when one of its pages opens. */
async function openPage(): Promise<void> {
  const { route } = store.state
  if (route.page === 'item') await meetItem(route.id)
  const { catalogue, cart } = store.state
  if (!catalogue || catalogue === 'missing') return
  reportPage(route, { lines: cart, catalogue })
  if (route.page === 'category') await rankCategory(route.path)
}

/** A shop that is known by its bundle alone learns of an item when it is opened. */
async function meetItem(id: string): Promise<void> {
  const { catalogue } = store.state
  if (options.sample || !catalogue || catalogue === 'missing' || catalogue.get(id)) return
  const cards = await recommender.then((started) => started.cards([id])).catch(() => [])
  if (cards.length > 0) store.set({ catalogue: createCatalogue([...catalogue.products, ...cards.map(productOfCard)]) })
}

/** The shop's own list in the order that suits this shopper, once for each visit: a list on screen stays put. */
async function rankCategory(path: readonly string[]): Promise<void> {
  const { catalogue } = store.state
  if (!catalogue || catalogue === 'missing') return
  const ids = catalogue.within(path).map(({ id }) => id)
  const answer = await recommender.then((started) => started.rerank(ids)).catch(() => undefined)
  if (answer && 'ids' in answer) store.set({ ranking: answer.ids })
}

document.addEventListener('click', stayOnPage)
const scrollPlaces = keepScrollPlaces()
window.addEventListener('hashchange', () => {
  store.set({ route: parseRoute(location.hash), shown: 24, sheet: false })
  scrollPlaces.open()
  // What had the focus is gone, as after a load of a page: the keyboard goes on at the page's start.
  queueMicrotask(() => document.querySelector<HTMLElement>('#shop')?.focus({ preventScroll: true }))
  void openPage()
})
window.addEventListener('online', () => store.set({ online: true }))
window.addEventListener('offline', () => store.set({ online: false }))

startRecommender().catch((error: unknown) => store.set({ notice: String(error) }))
void openShop()
