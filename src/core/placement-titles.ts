import type { Placement } from './shelf.ts'

type Titles = Readonly<Record<Placement, string>>

const english: Titles = {
  'for-you': 'For you',
  similar: 'Similar items',
  'bought-together': 'Often bought together',
  trending: 'Trending now',
  new: 'New in',
  'recently-viewed': 'Recently viewed',
  'buy-again': 'Buy again',
  'because-you-viewed': 'Because of what you viewed',
  cart: 'Goes with your cart',
}

const chinese: Titles = {
  'for-you': '为你推荐',
  similar: '相似商品',
  'bought-together': '经常一起购买',
  trending: '热门趋势',
  new: '新品',
  'recently-viewed': '最近浏览',
  'buy-again': '再次购买',
  'because-you-viewed': '根据你的浏览',
  cart: '与购物车搭配',
}

/** What a shelf of each placement is called, in the language of a tag: Chinese for `zh`, English for all others. */
export function titlesOf(language: string): Titles {
  return /^zh\b/i.test(language) ? chinese : english
}
