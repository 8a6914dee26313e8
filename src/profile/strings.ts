import type { EventKind } from '../core/event.ts'

/** Words of the profile by key. `{item}`, `{count}` and `{time}` stand for what is filled in. */
export type ProfileStrings = Readonly<Record<ProfileStringKey, string>>

export type ProfileStringKey =
  | EventKind
  | 'heading'
  | 'promise'
  | 'nothing'
  | 'kept'
  | 'memory'
  | 'paused'
  | 'categories'
  | 'brands'
  | 'history'
  | 'more'
  | 'remove'
  | 'removed'
  | 'pause'
  | 'resume'
  | 'export'
  | 'import'
  | 'imported'
  | 'broken'
  | 'erase'
  | 'confirm'
  | 'yes'
  | 'no'
  | 'erased'
  | 'failed'
  | 'something'
  | 'shoppers'
  | 'unnamed'
  | 'another'
  | 'name'
  | 'add'
  | 'cancel'
  | 'turned'
  | 'leave'
  | 'leaving'
  | 'left'
  | 'gift'
  | 'giftOn'
  | 'giftOff'

const english: ProfileStrings = {
  heading: 'What this device knows about you',
  promise: 'It stays on this device and is sent to nobody.',
  nothing: 'Nothing yet. What you look at in this shop will be listed here.',
  kept: '{count} things you did, kept on this device',
  memory: '{count} things you did, forgotten when you leave this page',
  paused: 'Paused: nothing new is remembered.',
  categories: 'What you look at',
  brands: 'Brands',
  history: 'What you did',
  more: 'Show more',
  remove: 'Forget {item}',
  removed: 'Forgotten: {item}',
  pause: 'Pause',
  resume: 'Resume',
  export: 'Save a copy',
  import: 'Add a saved copy',
  imported: 'Added: {count}',
  broken: 'This file is no saved copy.',
  erase: 'Forget everything',
  confirm: 'Forget everything that this device knows about you? This cannot be undone.',
  yes: 'Forget everything',
  no: 'Keep it',
  erased: 'Everything is forgotten.',
  failed: 'That did not work. Please try again.',
  something: 'another item',
  shoppers: 'Who is shopping?',
  unnamed: 'This device',
  another: 'Someone else',
  name: 'Name',
  add: 'Add',
  cancel: 'Cancel',
  turned: 'Now shopping: {item}',
  leave: 'Remove {item}',
  leaving: 'Remove {item}, and all that this device knows about them? This cannot be undone.',
  left: '{item} is removed.',
  gift: 'I am choosing a gift: learn nothing from it',
  giftOn: 'What you look at now is forgotten when you switch this off.',
  giftOff: 'The gift is forgotten.',

  view_item: 'Viewed {item}',
  select_item: 'Chose {item}',
  add_to_cart: 'Put {item} in the cart',
  remove_from_cart: 'Took {item} out of the cart',
  add_to_wishlist: 'Saved {item}',
  view_cart: 'Looked at the cart',
  begin_checkout: 'Went to the checkout',
  purchase: 'Bought {item}',
  refund: 'Returned {item}',
  search: 'Searched for {item}',
  dismiss: 'Said no to {item}',
}

const chinese: ProfileStrings = {
  heading: '本设备对你的了解',
  promise: '这些信息只保存在本设备上,不会发送给任何人。',
  nothing: '暂无内容。你在本店浏览的商品会显示在这里。',
  kept: '本设备保存了你的 {count} 条记录',
  memory: '你的 {count} 条记录,离开本页后即被清除',
  paused: '已暂停:不再记录新的内容。',
  categories: '你关注的类别',
  brands: '品牌',
  history: '你的记录',
  more: '显示更多',
  remove: '忘记{item}',
  removed: '已忘记:{item}',
  pause: '暂停记录',
  resume: '继续记录',
  export: '保存副本',
  import: '导入副本',
  imported: '已导入:{count} 条',
  broken: '此文件不是已保存的副本。',
  erase: '全部清除',
  confirm: '清除本设备对你的全部了解?此操作无法撤销。',
  yes: '全部清除',
  no: '保留',
  erased: '已全部清除。',
  failed: '操作未成功,请重试。',
  something: '其他商品',
  shoppers: '谁在购物?',
  unnamed: '本设备',
  another: '其他人',
  name: '名字',
  add: '添加',
  cancel: '取消',
  turned: '现在购物的是:{item}',
  leave: '移除{item}',
  leaving: '移除{item}及其全部记录?此操作无法撤销。',
  left: '已移除{item}。',
  gift: '我在挑选礼物:不要记住',
  giftOn: '关闭后,现在浏览的内容会被清除。',
  giftOff: '礼物记录已清除。',

  view_item: '浏览了{item}',
  select_item: '点击了{item}',
  add_to_cart: '将{item}加入购物车',
  remove_from_cart: '将{item}移出购物车',
  add_to_wishlist: '收藏了{item}',
  view_cart: '查看了购物车',
  begin_checkout: '进入了结算',
  purchase: '购买了{item}',
  refund: '退回了{item}',
  search: '搜索了{item}',
  dismiss: '不喜欢{item}',
}

/** The table of a language tag: Chinese for `zh`, English for all others; `own` replaces single words. */
export function profileStringsOf(language: string, own: Partial<ProfileStrings> = {}): ProfileStrings {
  return { ...(/^zh\b/i.test(language) ? chinese : english), ...own }
}

/** A template with its placeholder filled in. */
export function fillIn(template: string, value: string): string {
  return template.replace(/\{(item|count)\}/, () => value)
}
