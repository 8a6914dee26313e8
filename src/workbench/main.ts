import { render } from 'lit'
import { defineShelves, watchDataLayer, type Settings } from '../index.ts'
import { createShell } from '../lab/start-shell.ts'
import { createActions } from './actions.ts'
import { createAirplane } from './airplane.ts'
import { askAsStranger } from './ask-as-stranger.ts'
import { loadCart } from './cart.ts'
import { createCatalogue, productOfCard } from './catalogue.ts'
import { defineElements } from './define-elements.ts'
import { loadDropped } from './drop/dropped-files.ts'
import { readDropped } from './drop/read-dropped.ts'
import { flip } from './flip.ts'
import { createFormat } from './format.ts'
import { catalogueOfBundle, loadCatalogue } from './load-catalogue.ts'
import { createLabSession } from './lab-session.ts'
import { createHealthModel } from './health/health-model.ts'
import { healthTool } from './health/health-view.ts'
import { createMeasureModel } from './measure/measure-model.ts'
import { measureTool } from './measure/measure-view.ts'
import { createMindModel } from './mind/mind-model.ts'
import { mindTool } from './mind/mind-view.ts'
import { observe, type Observer } from './observe.ts'
import { keepOffline } from './offline.ts'
import { createRulesModel } from './rules/rules-model.ts'
import { rulesTool } from './rules/rules-view.ts'
import { openRecommender } from './open-recommender.ts'
import { parseOptions } from './options.ts'
import { pageTitle } from './page-title.ts'
import { noticeOf } from './problem.ts'
import { parseRoute } from './routes.ts'
import { keepScrollPlaces } from './scroll-places.ts'
import { reportPage } from './shop-events.ts'
import { initialState, type State } from './state.ts'
import { stayOnPage } from './stay-on-page.ts'
import { createStore } from './store.ts'
import { texts } from './texts.ts'
import { markStop } from './tour/tour.ts'
import { meterTraffic } from './traffic-meter.ts'
import { tuneTool } from './tune/tune-view.ts'
import { createTuner } from './tune/tuner.ts'
import { watchRebuilds } from './watch-rebuilds.ts'
import { workbench } from './workbench.ts'
import { workerFiles } from './worker-files.ts'

const noticeMs = 8000

const options = parseOptions(location.search, navigator.language)
const store = createStore(initialState(options, parseRoute(location.hash), loadCart()))
meterTraffic((traffic) => store.set({ traffic }))

/** What the tuner has the shop's shelves ask with. */
let served: Partial<Settings> = {}
const settings = () => served
const dropped = await loadDropped(options.bundle)
const shell = createShell({ ...workerFiles, files: dropped })
const recommender = openRecommender(options, { consent: options.consent, worker: shell.start, settings })
const airplane = createAirplane(shell, () => store.set({ blocked: store.state.blocked + 1 }))
let observer: Observer | undefined
const session = createLabSession({
  source: () => ({ manifest: new URL(options.bundle, location.href).href, files: dropped }),
  blocks: airplane.blocks,
})
const tuner = createTuner({
  session,
  apply(change) {
    const text = JSON.stringify(change)
    if (text === store.state.served) return
    served = change
    store.set({ served: text })
    observer?.renew()
  },
})
const mind = createMindModel({
  session,
  recommender,
  settings,
  list: () => store.state.forYou.map(({ card }) => card.id),
})
const rules = createRulesModel({
  session,
  recommender,
  bundle: options.bundle,
  pageItem() {
    const { route, events } = store.state
    return route.page === 'item' ? route.id : events.findLast(({ item }) => item !== undefined)?.item
  },
})
const measure = createMeasureModel({
  session,
  tuner,
  recommender,
  truth: options.sample ? new URL('truth.json', location.href).href : undefined,
  blocks: airplane.blocks,
})
const health = createHealthModel({ recommender, shell, fly: (on) => actions.fly(on) })
const tools = {
  tune: tuneTool(tuner),
  mind: mindTool(mind),
  rules: rulesTool(rules),
  measure: measureTool(measure),
  health: healthTool(health),
}
const actions = createActions(store, { recommender, shell, lab: session.lab, airplane })

let notice = ''
/** A notice goes when it has been read. */
function clearNotice(): void {
  if (store.state.notice === notice) return
  notice = store.state.notice
  const shown = notice
  setTimeout(() => store.state.notice === shown && store.set({ notice: '' }), noticeMs)
}

defineElements()
const root = document.querySelector<HTMLElement>('#workbench')!
const draw = () => {
  const { state } = store
  const { language, theme } = state.options
  document.documentElement.lang = language
  document.documentElement.dataset['theme'] = theme
  const bench = { state, actions, texts: texts[language], format: createFormat(language), tools }
  document.title = pageTitle(bench)
  flip(root, () => render(workbench(bench), root))
  markStop(root, state.tour)
}
store.subscribe(draw)
store.subscribe(clearNotice)
let followed: State['events'] | undefined
store.subscribe(() => {
  if (followed !== store.state.events) session.follow((followed = store.state.events))
})
// A link may carry settings that the shop uses.
if (new URLSearchParams(location.search).get('serve') === 'b') tuner.start()
draw()

async function startRecommender(): Promise<void> {
  const started = await recommender
  defineShelves(started)
  watchDataLayer({
    track(event) {
      const result = started.track(event)
      health.signal(event, result)
      return result
    },
  })
  observer = observe(store, {
    recommender: started,
    shell,
    timed: health.timed,
    askAsStranger: (request) => askAsStranger(request, { options, settings }),
  })
}

async function openShop(): Promise<void> {
  const own = options.sample ? await loadCatalogue() : undefined
  const catalogue = own ?? (await recommender.then(catalogueOfBundle).catch(() => undefined))
  store.set({ catalogue: catalogue ?? 'missing' })
  await openPage()
  if (options.consent === 'granted') await keepOffline(shell)
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
document.addEventListener('dragover', (event) => event.preventDefault())
document.addEventListener('drop', (event) => {
  event.preventDefault()
  if (event.dataTransfer) void readDropped(event.dataTransfer).then(actions.bring)
})
if (new URLSearchParams(location.search).get('watch') === 'rebuilds') watchRebuilds(options.bundle)
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

startRecommender().catch((error: unknown) => store.set({ notice: noticeOf(error, store.state.options.language) }))
void openShop()
