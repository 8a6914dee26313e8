import type { Language } from './options.ts'
import type { Tab } from './tabs.ts'

/** Every word that the workbench says, but for the shop's own data. */
export interface Texts {
  readonly skip: string
  readonly searchLabel: string
  readonly searchHint: string
  readonly categories: string
  readonly path: string
  readonly narrow: string
  readonly cart: string
  readonly cartCount: (count: number) => string
  readonly home: string
  readonly heroTitle: string
  readonly heroText: string
  readonly forYou: string
  readonly forYouNote: string
  readonly trending: string
  readonly recentlyViewed: string
  readonly similar: string
  readonly boughtTogether: string
  readonly moreFrom: (category: string) => string
  readonly lookAround: string
  readonly shopBy: string
  readonly items: (count: string) => string
  readonly sort: string
  readonly sortRecommended: string
  readonly sortCheapest: string
  readonly sortDearest: string
  readonly showMore: string
  readonly all: string
  readonly inStock: string
  readonly lowStock: (count: number) => string
  readonly soldOut: string
  readonly addToCart: string
  readonly wish: string
  readonly wished: string
  readonly color: string
  readonly material: string
  readonly unknownItem: string
  readonly unknownItemText: string
  readonly searchResults: (query: string) => string
  readonly noResults: (query: string) => string
  readonly noResultsText: string
  readonly emptyCart: string
  readonly emptyCartText: string
  readonly fewer: (title: string) => string
  readonly more: (title: string) => string
  readonly total: string
  readonly checkout: string
  readonly checkoutNote: string
  readonly done: string
  readonly doneText: string
  readonly keepLooking: string
  readonly noShop: string
  readonly noShopText: string
  readonly offline: string
  readonly viewAway: string

  readonly panel: string
  readonly panelOpen: string
  readonly panelClose: string
  readonly itemsScored: string
  readonly lastRequest: string
  readonly bytesSent: string
  readonly bytesSentHelp: (requests: number, pictures: number) => string
  readonly weight: string
  readonly weightHelp: string
  readonly size: string
  readonly sizeHelp: string
  readonly sizeMissing: string
  readonly sizeAway: string
  readonly bring: string
  readonly bringHelp: string
  readonly bringing: string
  readonly bringNothing: string
  readonly airplane: string
  readonly airplaneHelp: string
  readonly blocked: (requests: number) => string
  readonly tabs: Readonly<Record<Tab, string>>
  readonly everyone: string
  readonly you: string
  readonly compareStranger: string
  readonly compareHelp: string
  readonly newHere: string
  readonly up: (places: number) => string
  readonly down: (places: number) => string
  readonly why: string
  readonly whyHelp: string
  readonly whyEmpty: string
  readonly whyNothing: string
  readonly score: string
  readonly moved: string
  readonly forget: string
  readonly forgetThis: string
  readonly forgetEvent: (what: string) => string
  readonly fewerReasons: (count: number) => string
  readonly events: string
  readonly eventsHelp: string
  readonly noEvents: string
  readonly paused: string
  readonly onDisk: string
  readonly inMemory: string
  readonly pause: string
  readonly resume: string
  readonly erase: string
  readonly erased: string
  readonly exportLog: string
  readonly engine: string
  readonly scorer: string
  readonly measured: string
  readonly adapter: string
  readonly none: string
  readonly coverage: string
  readonly coverageOf: (scored: string, all: string) => string
  readonly timings: string
  readonly stages: Readonly<Record<string, string>>
  readonly roundTrip: string
  readonly storage: string
  readonly received: string
  readonly memory: string
  readonly bundle: string
  readonly problem: string
  readonly switches: string
  readonly consent: string
  readonly consentGranted: string
  readonly consentDenied: string
  readonly language: string
  readonly theme: string
  readonly themeAuto: string
  readonly themeLight: string
  readonly themeDark: string
  readonly scorerHelp: string
  readonly starting: string
  readonly kinds: Readonly<Record<string, string>>
  readonly priors: Readonly<Record<string, string>>
  readonly context: string
  readonly rule: string
  readonly copy: string
  readonly copied: string
  readonly copyRefused: string
  readonly moves: Readonly<Record<string, string>>
}

const english: Texts = {
  skip: 'Skip to the shop',
  searchLabel: 'Search the shop',
  searchHint: 'Tents, mugs, linen …',
  categories: 'Departments',
  path: 'You are here',
  narrow: 'Narrow down',
  cart: 'Cart',
  cartCount: (count) => (count === 1 ? '1 item in the cart' : `${count} items in the cart`),
  home: 'Shop',
  heroTitle: 'Out there, and home again.',
  heroText: 'Gear for long days outside, and quiet things for the evening after.',
  forYou: 'For you',
  forYouNote: 'Chosen on this device. Nothing you do here leaves it.',
  trending: 'Trending now',
  recentlyViewed: 'Recently viewed',
  similar: 'More like this',
  boughtTogether: 'Often bought together',
  moreFrom: (category) => `More from ${category}`,
  lookAround: 'Have a look around',
  shopBy: 'Departments',
  items: (count) => `${count} items`,
  sort: 'Sort by',
  sortRecommended: 'Recommended for you',
  sortCheapest: 'Price, low to high',
  sortDearest: 'Price, high to low',
  showMore: 'Show more',
  all: 'All',
  inStock: 'In stock',
  lowStock: (count) => `Only ${count} left`,
  soldOut: 'Sold out',
  addToCart: 'Add to cart',
  wish: 'Save for later',
  wished: 'Saved',
  color: 'Colour',
  material: 'Material',
  unknownItem: 'This item is gone',
  unknownItemText: 'The shop no longer has it. These might do instead.',
  searchResults: (query) => `Results for “${query}”`,
  noResults: (query) => `Nothing found for “${query}”`,
  noResultsText: 'Try a shorter word, or look at what others like.',
  emptyCart: 'Your cart is empty',
  emptyCartText: 'Put something in, and see what goes with it.',
  fewer: (title) => `One fewer ${title}`,
  more: (title) => `One more ${title}`,
  total: 'Total',
  checkout: 'Buy',
  checkoutNote: 'A sample shop: nothing is ordered and nothing is paid.',
  done: 'Thank you',
  doneText: 'Your order is complete. As this is a sample shop, nothing will be sent.',
  keepLooking: 'Keep looking',
  noShop: 'The shop’s data is not here',
  noShopText:
    'No catalogue and no bundle answered. Make the sample shop with “npm run demo”, or name a bundle with ?bundle=.',
  offline: 'You are offline. The shop goes on.',
  viewAway: 'This view has to be fetched once, and you are offline. It opens when you are back.',

  panel: 'Workbench',
  panelOpen: 'Open the workbench',
  panelClose: 'Close the workbench',
  itemsScored: 'items scored',
  lastRequest: 'last request',
  bytesSent: 'bytes sent',
  bytesSentHelp: (requests, pictures) =>
    `Counted in this page: bodies and query strings of ${requests} requests (${pictures} for pictures).`,
  weight: 'weight, all in',
  weightHelp:
    'Bytes of the recommender’s worker and of its bundle, as they were transferred: once, then they are kept.',
  size: 'Items in the shop',
  sizeHelp: 'The sample shop in two sizes. Loads the page anew.',
  sizeMissing:
    'The large shop is still being made: “npm run demo” does it behind the small one. Try again in a minute.',
  sizeAway: 'The other shop has to be fetched, and you are offline.',
  bring: 'Your goods',
  bringHelp:
    'Choose a catalogue as CSV, or drop one on the page, or the folder of a built bundle. It stays in this browser.',
  bringing: 'Reading what you have brought …',
  bringNothing: 'Neither a catalogue (CSV) nor a built bundle (manifest.json and its files).',
  airplane: 'Airplane mode',
  airplaneHelp:
    'Cuts the scripts of this page and the recommender’s worker off from the network. Everything still reacts.',
  blocked: (requests) => (requests === 0 ? 'no request was even tried' : `${requests} requests were tried`),
  tabs: { now: 'Now', tune: 'Tune', mind: 'Mind', rules: 'Rules', measure: 'Measure', health: 'Health' },
  everyone: 'Everyone sees',
  you: 'You see',
  compareStranger: 'The same, so far. Open an item: your list will change.',
  compareHelp: 'What has changed for you. Pick an item to see why.',
  newHere: 'new',
  up: (places) => `${places} up`,
  down: (places) => `${places} down`,
  why: 'Why this item',
  whyHelp:
    'Every part of its score, adding up to the whole. Forget an event, and the list is as if it had never happened.',
  whyEmpty: 'The reasons appear with the first list.',
  whyNothing: 'Nothing speaks for it yet: all items are equal until the first event.',
  score: 'Score',
  moved: 'Also moved by',
  forget: 'Forget',
  forgetThis: 'Forget this',
  forgetEvent: (what) => `Forget: ${what}`,
  fewerReasons: (count) => (count === 1 ? 'and a smaller part' : `and ${count} smaller parts`),
  events: 'Event log',
  eventsHelp: 'All that is known of you, newest first. It lies in this browser only.',
  noEvents: 'No events yet. Open an item, and it appears here.',
  paused: 'Recording is paused: what you do now is not written down.',
  onDisk: 'kept on this device',
  inMemory: 'in memory only',
  pause: 'Pause recording',
  resume: 'Resume recording',
  erase: 'Erase everything',
  erased: 'Erased. You are a stranger again.',
  exportLog: 'Download',
  engine: 'Engine',
  scorer: 'Scored by',
  measured: 'Measured here',
  adapter: 'GPU',
  none: 'none',
  coverage: 'Catalogue scored',
  coverageOf: (scored, all) => `${scored} of ${all} items`,
  timings: 'Timings',
  stages: {
    manifest: 'manifest fetched',
    head: 'first items fetched',
    open: 'opened',
    log: 'log read',
    page: 'shelves answered',
    table: 'all items fetched',
    choose: 'scorer chosen',
  },
  roundTrip: 'Page to worker and back',
  storage: 'Events',
  received: 'Bundle fetched',
  memory: 'Memory of the table',
  bundle: 'Bundle',
  problem: 'Problem',
  switches: 'Switches',
  consent: 'Consent',
  consentGranted: 'granted',
  consentDenied: 'denied',
  language: 'Language',
  theme: 'Theme',
  themeAuto: 'system',
  themeLight: 'light',
  themeDark: 'dark',
  scorerHelp: 'Reloads the page.',
  starting: 'Starting …',
  kinds: {
    view_item: 'Viewed',
    select_item: 'Picked',
    add_to_cart: 'Put in the cart',
    remove_from_cart: 'Took out of the cart',
    add_to_wishlist: 'Saved',
    view_cart: 'Looked at the cart',
    begin_checkout: 'Began to check out',
    purchase: 'Bought',
    refund: 'Returned',
    search: 'Searched',
    dismiss: 'Not for me',
  },
  priors: { popularity: 'Popular', trend: 'Trending', newness: 'New', price: 'In your price range' },
  context: 'This page',
  rule: 'The shop’s rule',
  copy: 'Copy',
  copied: 'Copied',
  copyRefused: 'The browser does not let this page copy. Select the text, and copy it by hand.',
  moves: {
    repeat: 'seen in this session',
    diversity: 'variety',
    cap: 'a cap',
    pin: 'pinned by the shop',
    neighbours: 'what is bought together',
  },
}

const chinese: Texts = {
  skip: '跳到商店',
  searchLabel: '搜索商店',
  searchHint: '帐篷、马克杯、床品……',
  categories: '分类',
  path: '当前位置',
  narrow: '细分',
  cart: '购物车',
  cartCount: (count) => `购物车中有 ${count} 件商品`,
  home: '商店',
  heroTitle: '走向山野，再回到家。',
  heroText: '陪你度过户外长日的装备，和归来之夜的安静物件。',
  forYou: '为你推荐',
  forYouNote: '在本设备上选出。你的一举一动都不会离开这里。',
  trending: '正在流行',
  recentlyViewed: '最近浏览',
  similar: '相似商品',
  boughtTogether: '经常一起购买',
  moreFrom: (category) => `更多${category}`,
  lookAround: '随便逛逛',
  shopBy: '分类',
  items: (count) => `${count} 件商品`,
  sort: '排序',
  sortRecommended: '为你推荐',
  sortCheapest: '价格从低到高',
  sortDearest: '价格从高到低',
  showMore: '显示更多',
  all: '全部',
  inStock: '有货',
  lowStock: (count) => `仅剩 ${count} 件`,
  soldOut: '已售罄',
  addToCart: '加入购物车',
  wish: '收藏',
  wished: '已收藏',
  color: '颜色',
  material: '材质',
  unknownItem: '商品已下架',
  unknownItemText: '商店不再出售它。也许这些可以代替。',
  searchResults: (query) => `“${query}”的搜索结果`,
  noResults: (query) => `没有找到“${query}”`,
  noResultsText: '换一个更短的词，或看看大家喜欢什么。',
  emptyCart: '购物车是空的',
  emptyCartText: '放一件进去，看看什么与它相配。',
  fewer: (title) => `减少一件 ${title}`,
  more: (title) => `增加一件 ${title}`,
  total: '合计',
  checkout: '购买',
  checkoutNote: '这是示例商店：不会下单，也不会付款。',
  done: '谢谢',
  doneText: '订单已完成。因为是示例商店，不会寄出任何东西。',
  keepLooking: '继续逛',
  noShop: '没有商店数据',
  noShopText: '没有找到商品目录或数据包。请运行 “npm run demo” 生成示例商店，或用 ?bundle= 指定数据包。',
  offline: '你已离线，商店照常运行。',
  viewAway: '这个视图需要先下载一次，而你现在离线。恢复联网后会打开。',

  panel: '工作台',
  panelOpen: '打开工作台',
  panelClose: '关闭工作台',
  itemsScored: '件商品已评分',
  lastRequest: '最近一次请求',
  bytesSent: '字节已发送',
  bytesSentHelp: (requests, pictures) => `由本页统计：${requests} 个请求（其中 ${pictures} 个为图片）的正文与查询串。`,
  weight: '总重量',
  weightHelp: '推荐器的 Worker 与数据包传输的字节数：只传一次，之后保存在本机。',
  size: '商店的商品数',
  sizeHelp: '两种规模的示例商店。会重新加载页面。',
  sizeMissing: '大商店还在生成中：“npm run demo” 会在后台完成。请过一分钟再试。',
  sizeAway: '另一个商店需要下载，而你现在离线。',
  bring: '你的商品',
  bringHelp: '选择 CSV 商品目录，或把它或已构建的数据包文件夹拖到页面上。只留在这个浏览器里。',
  bringing: '正在读取……',
  bringNothing: '既不是商品目录（CSV），也不是已构建的数据包（manifest.json 及其文件）。',
  airplane: '飞行模式',
  airplaneHelp: '切断本页脚本和推荐器 Worker 的网络。一切照常反应。',
  blocked: (requests) => (requests === 0 ? '没有任何请求' : `尝试了 ${requests} 个请求`),
  tabs: { now: '现在', tune: '调参', mind: '内心', rules: '规则', measure: '评估', health: '健康' },
  everyone: '所有人看到',
  you: '你看到',
  compareStranger: '目前两边相同。打开一件商品，看看你的列表如何变化。',
  compareHelp: '第二个是为你改变的列表。点选一件商品，看看原因。',
  newHere: '新',
  up: (places) => `上升 ${places} 位`,
  down: (places) => `下降 ${places} 位`,
  why: '为什么推荐它',
  whyHelp: '得分的每一部分，相加即为总分。忘掉一个事件，列表就像它从未发生过。',
  whyEmpty: '出现第一个列表后，这里会显示原因。',
  whyNothing: '还没有任何依据：第一个事件之前，所有商品都一样。',
  score: '得分',
  moved: '同时受影响于',
  forget: '忘掉',
  forgetThis: '忘掉它',
  forgetEvent: (what) => `忘掉：${what}`,
  fewerReasons: (count) => `以及 ${count} 个较小的部分`,
  events: '事件记录',
  eventsHelp: '关于你的一切，最新的在前。只存放在这个浏览器里。',
  noEvents: '还没有事件。打开一件商品，它就会出现在这里。',
  paused: '记录已暂停：现在的操作不会被记下。',
  onDisk: '保存在本设备',
  inMemory: '仅在内存中',
  pause: '暂停记录',
  resume: '继续记录',
  erase: '全部清除',
  erased: '已清除。你又是陌生人了。',
  exportLog: '下载',
  engine: '引擎',
  scorer: '评分方式',
  measured: '本机测得',
  adapter: 'GPU',
  none: '无',
  coverage: '已评分的目录',
  coverageOf: (scored, all) => `${all} 件中的 ${scored} 件`,
  timings: '耗时',
  stages: {
    manifest: '获取清单',
    head: '获取首批商品',
    open: '打开',
    log: '读取记录',
    page: '回答货架',
    table: '获取全部商品',
    choose: '选择评分方式',
  },
  roundTrip: '页面与 Worker 往返',
  storage: '事件',
  received: '已获取的数据包',
  memory: '商品表内存',
  bundle: '数据包',
  problem: '问题',
  switches: '开关',
  consent: '同意',
  consentGranted: '允许',
  consentDenied: '拒绝',
  language: '语言',
  theme: '主题',
  themeAuto: '跟随系统',
  themeLight: '浅色',
  themeDark: '深色',
  scorerHelp: '会重新加载页面。',
  starting: '正在启动……',
  kinds: {
    view_item: '浏览了',
    select_item: '点选了',
    add_to_cart: '加入购物车',
    remove_from_cart: '移出购物车',
    add_to_wishlist: '收藏了',
    view_cart: '查看购物车',
    begin_checkout: '开始结账',
    purchase: '购买了',
    refund: '退回了',
    search: '搜索了',
    dismiss: '不感兴趣',
  },
  priors: { popularity: '热销', trend: '流行', newness: '新品', price: '符合你的价位' },
  context: '当前页面',
  rule: '商店的规则',
  copy: '复制',
  copied: '已复制',
  copyRefused: '浏览器不允许本页复制。请选中文字，手动复制。',
  moves: { repeat: '本次会话看过', diversity: '多样性', cap: '数量上限', pin: '商店置顶', neighbours: '一起购买' },
}

export const texts: Readonly<Record<Language, Texts>> = { en: english, zh: chinese }
