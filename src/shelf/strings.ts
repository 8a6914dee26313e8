import type { EventKind } from '../core/event.ts'
import { titlesOf } from '../core/placement-titles.ts'
import type { Placement } from '../core/shelf.ts'

/** Words of a shelf by key. `{item}` stands for a title, `{share}` for a percentage. */
export type Strings = Readonly<Record<StringKey, string>>

export type StringKey =
  | Placement
  | EventKind
  | 'popularity'
  | 'trend'
  | 'newness'
  | 'price'
  | 'context'
  | 'repeat'
  | 'rule'
  | 'variety'
  | 'other'
  | 'less'
  | 'something'
  | 'why'
  | 'notForMe'
  | 'close'
  | 'removed'
  | 'updated'

const english: Omit<Strings, Placement> = {
  view_item: 'because you viewed {item}',
  select_item: 'because you chose {item}',
  add_to_cart: 'because you put {item} in your cart',
  remove_from_cart: 'because you took {item} out of your cart',
  add_to_wishlist: 'because you saved {item}',
  view_cart: 'because {item} was in your cart',
  begin_checkout: 'because {item} was in your cart',
  purchase: 'because you bought {item}',
  refund: 'because you returned {item}',
  search: 'because you searched for {item}',
  dismiss: 'because you said no to {item}',

  popularity: 'popular in this shop',
  trend: 'trending at the moment',
  newness: 'new in this shop',
  price: 'in your price range',
  context: 'related to {item}',
  repeat: 'because you looked at it just now',
  rule: 'chosen by this shop: {item}',
  variety: 'placed here for variety',
  other: 'other reasons',
  less: '{share} less',
  something: 'another item',

  why: 'Why this?',
  notForMe: 'Not for me',
  close: 'Close',
  removed: '{item} removed',
  updated: 'Suggestions updated',
}

const chinese: Omit<Strings, Placement> = {
  view_item: '因为你浏览过{item}',
  select_item: '因为你点击过{item}',
  add_to_cart: '因为你将{item}加入了购物车',
  remove_from_cart: '因为你将{item}移出了购物车',
  add_to_wishlist: '因为你收藏了{item}',
  view_cart: '因为{item}曾在购物车中',
  begin_checkout: '因为{item}曾在购物车中',
  purchase: '因为你购买过{item}',
  refund: '因为你退回了{item}',
  search: '因为你搜索过{item}',
  dismiss: '因为你不喜欢{item}',

  popularity: '本店热销',
  trend: '近期流行',
  newness: '本店新品',
  price: '符合你的价位',
  context: '与{item}相关',
  repeat: '因为你刚刚看过它',
  rule: '本店推荐:{item}',
  variety: '让推荐更多样',
  other: '其他原因',
  less: '减少 {share}',
  something: '其他商品',

  why: '为什么推荐?',
  notForMe: '不感兴趣',
  close: '关闭',
  removed: '已移除{item}',
  updated: '推荐已更新',
}

/** The table of a language tag: Chinese for `zh`, English for all others; `own` replaces single words. */
export function stringsOf(language: string, own: Partial<Strings> = {}): Strings {
  return { ...titlesOf(language), ...(/^zh\b/i.test(language) ? chinese : english), ...own }
}

/** A template with its `{item}` or `{share}` filled in. */
export function fill(template: string, value: string): string {
  return template.replace(/\{(item|share)\}/, () => value)
}
