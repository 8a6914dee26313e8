import type { HiddenBy } from '../../lab/lab-api.ts'
import type { Language } from '../options.ts'

export interface MindTexts {
  readonly reading: string
  readonly map: string
  readonly mapHelp: string
  readonly mapLabel: (items: string) => string
  readonly session: string
  readonly profile: string
  readonly query: string
  readonly listed: string
  readonly score: string
  readonly scoreHelp: string
  readonly pick: string
  readonly event: string
  readonly sum: string
  readonly all: string
  readonly placeOf: (place: string) => string
  readonly shown: string
  readonly hidden: Readonly<Record<HiddenBy, string>>
  readonly hiddenByRule: (rule: string) => string
  readonly movedBy: (what: string) => string
  readonly segments: Readonly<Record<string, string>>
  readonly priorValue: (name: string, value: string) => string
  readonly repeat: string
  readonly inputs: string
  readonly inputsHelp: string
  readonly input: string
  readonly value: string
  readonly weight: string
  readonly part: string
  readonly blended: (part: string, segment: string) => string
  readonly onList: (place: string) => string
  readonly likeness: (cosine: string) => string
  readonly noItem: string
  readonly vectors: string
  readonly vectorsHelp: string
  readonly empty: string
  readonly words: string
  readonly wordsHelp: string
  readonly categories: string
  readonly nearSession: string
  readonly nearProfile: string
  readonly log: string
  readonly logHelp: string
  readonly anyKind: string
  readonly filter: string
  readonly inSession: string
  readonly share: string
  readonly edit: string
  readonly save: string
  readonly cancel: string
  readonly add: string
  readonly kind: string
  readonly what: string
  readonly when: string
  readonly importLog: string
  readonly replay: string
  readonly replayHelp: string
  readonly stop: string
  readonly perSecond: (events: number) => string
  readonly none: string
}

export const mindTexts: Readonly<Record<Language, MindTexts>> = {
  en: {
    reading: 'Reading the mind …',
    map: 'Map of the catalogue',
    mapHelp:
      'Every item as a point, by the two axes that keep the categories furthest apart. Point at one, or use the arrow keys to go through your list.',
    mapLabel: (items) => `A map of ${items} items, with you and your list on it`,
    session: 'Session',
    profile: 'Profile',
    query: 'You',
    listed: 'Your list',
    score: 'A score, taken apart',
    scoreHelp: 'Each event by segment, and what holds for everyone. All of it adds up to the score.',
    pick: 'Any item, by name or id',
    event: 'Event',
    sum: 'Sum',
    all: 'Score',
    placeOf: (place) => `Place ${place} of all items by score alone.`,
    shown: 'Nothing hides it.',
    hidden: {
      unavailable: 'Hidden: it cannot be bought now.',
      session: 'Hidden: you have looked at it in this session.',
      inCart: 'Hidden: it is in your cart.',
      purchased: 'Hidden: you have bought it.',
      dismissed: 'Hidden: it is not for you.',
    },
    hiddenByRule: (rule) => `Hidden by the shop’s rule: ${rule}.`,
    movedBy: (what) => `Not at its place by score: ${what}.`,
    segments: { collaborative: 'Same people', content: 'Made alike' },
    priorValue: (name, value) => `${name} (${value})`,
    repeat: 'Coming back',
    inputs: 'What ranks it',
    inputsHelp:
      'There is no trained ranker: this blend ranks. Each input times its weight is a part of the score; then diversity, caps and rules arrange the list.',
    input: 'Input',
    value: 'Value',
    weight: 'Weight',
    part: 'Part',
    blended: (part, segment) => `${part} · ${segment.toLowerCase()}`,
    onList: (place) => `Place ${place} on your list.`,
    likeness: (cosine) => `Likeness to the likest above it, which diversity weighs: ${cosine}.`,
    noItem: 'The bundle does not have it.',
    vectors: 'Vectors',
    vectorsHelp:
      'What you do now, what you did before, and the query that scores every item. A bar for each dimension.',
    empty: 'Nothing yet: look at an item first.',
    words: 'Your interests, in words',
    wordsHelp: 'Words of searches that lie in your direction, the nearest largest.',
    categories: 'Departments in your direction',
    nearSession: 'Nearest to the session',
    nearProfile: 'Nearest to the profile',
    log: 'Events, and the attention that each gets',
    logHelp: 'The bar is the event’s share of the query.',
    anyKind: 'All kinds',
    filter: 'Filter events',
    inSession: 'session',
    share: 'share',
    edit: 'Edit',
    save: 'Save',
    cancel: 'Cancel',
    add: 'Add an event',
    kind: 'Kind',
    what: 'Item id, or words',
    when: 'When',
    importLog: 'Import',
    replay: 'Replay',
    replayHelp: 'Forgets everything and lives through it again. At the end the log is as it was.',
    stop: 'Stop',
    perSecond: (events) => `${events} a second`,
    none: 'none',
  },
  zh: {
    reading: '正在读取……',
    map: '商品地图',
    mapHelp: '每件商品一个点，所用的两条轴让各分类相距最远。指向一个点，或用方向键浏览你的列表。',
    mapLabel: (items) => `${items} 件商品的地图，上面有你和你的列表`,
    session: '会话',
    profile: '画像',
    query: '你',
    listed: '你的列表',
    score: '拆开一个得分',
    scoreHelp: '每个事件按分段列出，加上对所有人都一样的部分，总和就是得分。',
    pick: '任意商品的名称或编号',
    event: '事件',
    sum: '合计',
    all: '得分',
    placeOf: (place) => `仅按得分排在全部商品的第 ${place} 位。`,
    shown: '没有被隐藏。',
    hidden: {
      unavailable: '已隐藏：现在无法购买。',
      session: '已隐藏：本次会话看过。',
      inCart: '已隐藏：已在购物车中。',
      purchased: '已隐藏：已经买过。',
      dismissed: '已隐藏：你不感兴趣。',
    },
    hiddenByRule: (rule) => `已被商店的规则隐藏：${rule}。`,
    movedBy: (what) => `不在按得分的位置：${what}。`,
    segments: { collaborative: '同一批人', content: '内容相似' },
    priorValue: (name, value) => `${name}（${value}）`,
    repeat: '回看',
    inputs: '由什么排序',
    inputsHelp:
      '没有训练过的排序模型：排序的就是这个加权和。每项输入乘以权重是得分的一部分；随后由多样性、上限和规则编排列表。',
    input: '输入',
    value: '值',
    weight: '权重',
    part: '部分',
    blended: (part, segment) => `${part} · ${segment}`,
    onList: (place) => `在你的列表中排第 ${place}。`,
    likeness: (cosine) => `与其上方最相似商品的相似度（由多样性加权）：${cosine}。`,
    noItem: '数据包里没有它。',
    vectors: '向量',
    vectorsHelp: '你现在做的、以前做的，以及为每件商品评分的查询。每个维度一根柱。',
    empty: '还没有内容：先看一件商品。',
    words: '用词语表示的兴趣',
    wordsHelp: '与你方向一致的搜索词，越近越大。',
    categories: '与你方向一致的分类',
    nearSession: '最接近会话',
    nearProfile: '最接近画像',
    log: '事件，以及各自得到的注意力',
    logHelp: '横条是事件在查询中的占比。',
    anyKind: '全部类型',
    filter: '筛选事件',
    inSession: '会话',
    share: '占比',
    edit: '编辑',
    save: '保存',
    cancel: '取消',
    add: '添加事件',
    kind: '类型',
    what: '商品编号或词语',
    when: '时间',
    importLog: '导入',
    replay: '重放',
    replayHelp: '忘掉一切再经历一遍。结束后记录与原来一样。',
    stop: '停止',
    perSecond: (events) => `每秒 ${events} 个`,
    none: '无',
  },
}
