import type { Language } from '../options.ts'

export interface TourTexts {
  readonly name: string
  readonly start: string
  readonly next: string
  readonly back: string
  readonly end: string
  readonly step: (now: number, all: number) => string
  /** Heading and text by stop of the tour. */
  readonly stops: Readonly<Record<StopName, readonly [title: string, text: string]>>
}

export const stopNames = ['numbers', 'shop', 'lists', 'why', 'switches', 'views'] as const
export type StopName = (typeof stopNames)[number]

export const tourTexts: Readonly<Record<Language, TourTexts>> = {
  en: {
    name: 'A short tour',
    start: 'Tour',
    next: 'Next',
    back: 'Back',
    end: 'End',
    step: (now, all) => `${now} of ${all}`,
    stops: {
      numbers: [
        'No server',
        'Every item of the shop is scored on this device after each thing you do: so many items, in so many milliseconds. What is sent anywhere is counted here, live: nothing.',
      ],
      shop: [
        'You are the visitor',
        'Open an item or two, search, put one into the cart. Each of it is an event, as in your shop.',
      ],
      lists: [
        'The list follows',
        'Everyone else sees the first list. Yours is the second; what your events have moved is marked.',
      ],
      why: [
        'It can say why, and forget',
        'Each bar is what one of your events, or what holds for everyone, adds to the score. “Forget this” takes an event back, and the list is exactly as if it had not happened.',
      ],
      switches: [
        'Try to stop it',
        'Cut the page off from the network, or go to a shop of 100,000 items. Or bring your own goods: a catalogue as CSV, dropped on the page.',
      ],
      views: [
        'Make it yours',
        'Tune turns every setting and gives the tag to paste. Mind opens all of it, Rules adds your wishes, Measure tells whether a change is better, Health breaks things on purpose.',
      ],
    },
  },
  zh: {
    name: '快速导览',
    start: '导览',
    next: '下一步',
    back: '上一步',
    end: '结束',
    step: (now, all) => `${now} / ${all}`,
    stops: {
      numbers: [
        '没有服务器',
        '你每做一件事，商店的每件商品都在这台设备上重新评分：这么多商品，这么多毫秒。发送出去的数据在这里实时计数：没有。',
      ],
      shop: ['你就是访客', '打开一两件商品，搜索，放进购物车。每一步都是一个事件，和你的商店里一样。'],
      lists: ['列表随之变化', '第一个是所有人看到的列表，第二个是你的；被你的事件移动的商品有标记。'],
      why: [
        '说得出原因，也能忘记',
        '每根横条是你的一个事件，或对所有人都一样的部分，给得分增加了多少。“忘掉它”会撤回一个事件，列表与从未发生过时完全一样。',
      ],
      switches: [
        '试着让它停下',
        '切断本页的网络，或换到有 100,000 件商品的商店。也可以带来你的商品：把 CSV 目录拖到页面上。',
      ],
      views: [
        '变成你的',
        '“调参”可以调每个设置，并给出要粘贴的标签。“内心”展示全部细节，“规则”加入你的愿望，“评估”说明改动是否更好，“健康”故意制造故障。',
      ],
    },
  },
}
