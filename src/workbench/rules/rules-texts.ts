import type { Placement } from '../../index.ts'
import type { Language } from '../options.ts'
import type { RuleKind } from './rule-fields.ts'

/** Words of a field, and what it means in one sentence. */
export type FieldText = readonly [label: string, help: string]

export interface RulesTexts {
  readonly opening: string
  readonly intro: string
  readonly none: string
  readonly add: string
  readonly newName: string
  readonly open: string
  readonly save: string
  readonly edit: string
  readonly close: string
  readonly remove: string
  readonly raise: string
  readonly holds: string
  readonly rests: string
  readonly unknown: string
  readonly use: string
  readonly useHelp: string
  readonly useNot: string
  readonly kinds: Readonly<Record<RuleKind, string>>
  readonly kindHelp: Readonly<Record<RuleKind, string>>
  readonly fields: Readonly<
    Record<
      | 'name'
      | 'kind'
      | 'items'
      | 'category'
      | 'brand'
      | 'minPrice'
      | 'maxPrice'
      | 'by'
      | 'at'
      | 'cap'
      | 'per'
      | 'min'
      | 'max'
      | 'placements'
      | 'segments'
      | 'pages'
      | 'interest'
      | 'from'
      | 'to',
      FieldText
    >
  >
  readonly what: string
  readonly when: string
  readonly find: string
  readonly per: Readonly<Record<'category' | 'brand', string>>
  readonly segments: Readonly<Record<'new' | 'returning' | 'customer' | 'cart', string>>
  readonly placements: Readonly<Record<Placement, string>>
  readonly preview: string
  readonly previewHelp: string
  readonly placement: string
  readonly at: string
  readonly atHelp: string
  readonly visitor: string
  readonly you: string
  readonly stranger: string
  readonly page: string
  readonly without: string
  readonly with: string
  readonly noShelf: string
  readonly effects: string
  readonly noEffects: string
  readonly hiddenBy: (rules: string) => string
  readonly changedBy: (rules: string) => string
  readonly json: string
  readonly jsonHelp: string
  readonly publish: string
  readonly publishHelp: string
  readonly words: Readonly<Record<'fresh', string>> & {
    readonly up: (places: number) => string
    readonly down: (places: number) => string
  }
}

export const rulesTexts: Readonly<Record<Language, RulesTexts>> = {
  en: {
    opening: 'Opening the rules …',
    intro:
      'The shop’s wishes beside what suits the visitor. Edit them here, see what each does, and take the file away.',
    none: 'No rules yet. Lists show what suits the visitor, and nothing else.',
    add: 'Add a rule',
    newName: 'New rule',
    open: 'Open a file',
    save: 'Save rules.json',
    edit: 'Edit',
    close: 'Close',
    remove: 'Delete',
    raise: 'Move up',
    holds: 'holds',
    rests: 'does not hold there and then',
    unknown: 'The bundle does not have:',
    use: 'The shop uses them',
    useHelp: 'The shop’s shelves follow these rules, on this page alone.',
    useNot: 'A page adds to the rules of the bundle’s file and takes none away: leave those as they are, or publish.',
    kinds: {
      boost: 'Raise',
      bury: 'Lower',
      pin: 'Pin',
      hide: 'Hide',
      cap: 'Limit',
      price: 'Price',
      priceRatio: 'Price ratio',
    },
    kindHelp: {
      boost: 'Adds to the score of these items: score + by.',
      bury: 'Takes from the score of these items: score − by.',
      pin: 'These items stand side by side from that place on.',
      hide: 'These items are not shown.',
      cap: 'At most so many of one category or brand on a shelf, while others can fill it.',
      price: 'Shows only items of this price: min ≤ price ≤ max.',
      priceRatio: 'The same in shares of the page’s item: min · its price ≤ price ≤ max · its price.',
    },
    fields: {
      name: ['Name', 'What explanations call it; every rule has another one.'],
      kind: ['Does', ''],
      items: ['Items', 'Ids, one a line.'],
      category: ['Categories', 'Paths or their beginnings, one a line.'],
      brand: ['Brands', 'One a line.'],
      minPrice: ['Price from', 'In the shop’s currency, inclusive.'],
      maxPrice: ['Price to', 'In the shop’s currency, inclusive.'],
      by: [
        'By',
        'In units of the score: 0.1 is what a best seller has over an item that nobody buys, with popularity at 0.1.',
      ],
      at: ['From place', 'Counted from 1.'],
      cap: ['At most', 'Items on a shelf.'],
      per: ['Of one', ''],
      min: ['From', 'Price, or share of the page’s item’s price.'],
      max: ['To', 'Price, or share of the page’s item’s price.'],
      placements: ['Shelves', 'On these alone; none ticked: on all.'],
      segments: ['Visitors', 'For these alone; none ticked: for all.'],
      pages: ['On pages of', 'Categories, one a line; empty: everywhere.'],
      interest: ['Interested in', 'A category that three events or more of the visitor are about.'],
      from: ['From day', 'A day such as 2026-06-01 (midnight UTC), or a moment with its time zone.'],
      to: ['To day', 'A day, inclusive, or a moment with its time zone.'],
    },
    what: 'Which items',
    when: 'When',
    find: 'Find an item to add',
    per: { category: 'category', brand: 'brand' },
    segments: {
      new: 'new: has done nothing yet',
      returning: 'returning: was here before',
      customer: 'customer: has bought',
      cart: 'has a cart',
    },
    placements: {
      'for-you': 'For you',
      similar: 'Similar',
      'bought-together': 'Bought together',
      trending: 'Trending',
      new: 'New',
      'recently-viewed': 'Recently viewed',
      'buy-again': 'Buy again',
      'because-you-viewed': 'Because you viewed',
      cart: 'Cart',
    },
    preview: 'Preview',
    previewHelp: 'The same shelf without rules and with them.',
    placement: 'Shelf',
    at: 'At',
    atHelp: 'In your own time; empty: now.',
    visitor: 'Visitor',
    you: 'you',
    stranger: 'somebody new',
    page: 'Page of',
    without: 'Without rules',
    with: 'With these rules',
    noShelf: 'Nothing to show there: the shop’s own HTML stays.',
    effects: 'What rules have done',
    noEffects: 'Nothing on this shelf.',
    hiddenBy: (rules) => `taken out by ${rules}`,
    changedBy: (rules) => `moved by ${rules}`,
    json: 'As JSON',
    jsonHelp:
      'All that rules can say, as docs/rules.md tells it; what you write here is read when you leave the field.',
    publish: 'Publish',
    publishHelp: 'Puts the saved file into your bundle, without building it again.',
    words: { fresh: 'new', up: (places) => `▲ ${places}`, down: (places) => `▼ ${places}` },
  },
  zh: {
    opening: '正在打开规则……',
    intro: '商店在“适合访客”之外的愿望。在这里编辑，查看每条规则的作用，然后带走文件。',
    none: '还没有规则。列表只按访客的喜好排列。',
    add: '添加规则',
    newName: '新规则',
    open: '打开文件',
    save: '保存 rules.json',
    edit: '编辑',
    close: '关闭',
    remove: '删除',
    raise: '上移',
    holds: '生效',
    rests: '此时此处不生效',
    unknown: '数据包里没有：',
    use: '商店使用它们',
    useHelp: '商店的列表遵循这些规则，仅限本页。',
    useNot: '页面只能在数据包文件的规则之外添加，不能去掉：请保留原有规则，或者发布。',
    kinds: {
      boost: '提升',
      bury: '降低',
      pin: '置顶',
      hide: '隐藏',
      cap: '限量',
      price: '价格',
      priceRatio: '价格比例',
    },
    kindHelp: {
      boost: '给这些商品加分：得分 + 数值。',
      bury: '给这些商品减分：得分 − 数值。',
      pin: '这些商品从该位置起依次排列。',
      hide: '不显示这些商品。',
      cap: '每个列表中同一分类或品牌最多这么多件，只要还有其他商品。',
      price: '只显示这个价位的商品：最低 ≤ 价格 ≤ 最高。',
      priceRatio: '同上，按当前商品价格的比例：最低 · 其价格 ≤ 价格 ≤ 最高 · 其价格。',
    },
    fields: {
      name: ['名称', '解释中使用的名字；每条规则各不相同。'],
      kind: ['作用', ''],
      items: ['商品', '编号，每行一个。'],
      category: ['分类', '路径或其开头，每行一个。'],
      brand: ['品牌', '每行一个。'],
      minPrice: ['价格从', '商店货币，含本数。'],
      maxPrice: ['价格到', '商店货币，含本数。'],
      by: ['数值', '以得分为单位：popularity 为 0.1 时，0.1 是最畅销商品比无人购买的商品多出的分。'],
      at: ['起始位置', '从 1 数起。'],
      cap: ['最多', '每个列表中的件数。'],
      per: ['同一', ''],
      min: ['从', '价格，或当前商品价格的比例。'],
      max: ['到', '价格，或当前商品价格的比例。'],
      placements: ['列表', '只在这些列表；都不选：全部。'],
      segments: ['访客', '只对这些访客；都不选：全部。'],
      pages: ['所在页面', '分类，每行一个；空：任何页面。'],
      interest: ['感兴趣于', '访客至少有三个事件与之相关的分类。'],
      from: ['开始日', '例如 2026-06-01（UTC 零点），或带时区的时刻。'],
      to: ['结束日', '含当日，或带时区的时刻。'],
    },
    what: '哪些商品',
    when: '何时',
    find: '查找要添加的商品',
    per: { category: '分类', brand: '品牌' },
    segments: {
      new: '新访客：还没有任何行为',
      returning: '回访：以前来过',
      customer: '顾客：买过',
      cart: '购物车非空',
    },
    placements: {
      'for-you': '为你推荐',
      similar: '相似',
      'bought-together': '一起购买',
      trending: '流行',
      new: '新品',
      'recently-viewed': '最近浏览',
      'buy-again': '再次购买',
      'because-you-viewed': '因为你看过',
      cart: '购物车',
    },
    preview: '预览',
    previewHelp: '同一个列表，没有规则和有规则时。',
    placement: '列表',
    at: '时间',
    atHelp: '你的本地时间；空：现在。',
    visitor: '访客',
    you: '你',
    stranger: '新访客',
    page: '分类页面',
    without: '没有规则',
    with: '使用这些规则',
    noShelf: '这里没有可显示的内容：保留商店自己的 HTML。',
    effects: '规则的作用',
    noEffects: '对这个列表没有作用。',
    hiddenBy: (rules) => `被移除：${rules}`,
    changedBy: (rules) => `被移动：${rules}`,
    json: 'JSON 形式',
    jsonHelp: '规则的全部写法见 docs/rules.md；离开输入框时读取。',
    publish: '发布',
    publishHelp: '把保存的文件放进你的数据包，无需重新构建。',
    words: { fresh: '新', up: (places) => `▲ ${places}`, down: (places) => `▼ ${places}` },
  },
}
