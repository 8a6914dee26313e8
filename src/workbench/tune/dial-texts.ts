import type { EventKind } from '../../index.ts'
import type { Language } from '../options.ts'
import type { DialName } from './dials.ts'

/** What a dial is called, its unit where it has one, and what it does in one sentence, with its formula. */
export type DialText = readonly [label: string, unit: string, help: string]
type Plain = Exclude<DialName, `strengths.${string}`>

interface DialTexts {
  readonly plain: Readonly<Record<Plain, DialText>>
  readonly strength: (kind: string) => DialText
}

const texts: Readonly<Record<Language, DialTexts>> = {
  en: {
    plain: {
      session: [
        'Session',
        '',
        'Weight w_s of what the visitor does right now: q = w_s · unit(session) + w_p · unit(profile).',
      ],
      profile: [
        'Profile',
        '',
        'Weight w_p of all that the visitor has done before: q = w_s · unit(session) + w_p · unit(profile).',
      ],
      collaborative: [
        'Bought by the same people',
        '',
        'Weight of the collaborative segment, learned from who dealt with what: it scales that part of q.',
      ],
      content: [
        'Made alike',
        '',
        'Weight of the content segment, learned from titles, texts and categories: it scales that part of q.',
      ],
      popularity: [
        'Popular',
        '',
        'Added to each score: weight × popularity, which is 0 to 1 by rank over the whole log.',
      ],
      trend: ['Trending', '', 'Added to each score: weight × trend, which is 0 to 1 by how views have risen of late.'],
      newness: [
        'New',
        '',
        'Added to each score: weight × newness, which is 1 on the day an item is added and fades from there.',
      ],
      priceSensitivity: [
        'Price sensitivity',
        '',
        'Added to each score: weight × certainty × (1 − |price level − your level|); a level is the rank by price within the category, 0 to 1.',
      ],
      halfLifeDays: [
        'Half-life of the profile',
        'days',
        'After so many days an event counts half in the profile: strength × 2^(−age / half-life).',
      ],
      sessionGapMinutes: [
        'A session ends after',
        'min',
        'A pause of so many minutes begins a new session; what was before counts in the profile alone.',
      ],
      sessionLength: ['Events of a session', '', 'Only the last so many events of the session count in its part of q.'],
      sessionDecay: [
        'Fading within a session',
        '',
        'Each event of the session counts this much of the one after it: strength × decay^age.',
      ],
      diversity: [
        'Diversity',
        '',
        'Maximal marginal relevance: each place goes to the best of (1 − d) · relevance − d · likeness to what stands already.',
      ],
      categoryCap: [
        'Most of one category',
        'items',
        'No more than so many of one category on a shelf while others can fill it; 0 sets no cap.',
      ],
      repeatBonus: [
        'Bonus for coming back',
        '',
        'Added to the score of the session’s last item, half of it to the one before, and so on; 0 leaves seen items out.',
      ],
    },
    strength: (kind) => [
      kind,
      '',
      'Strength s of such an event in q: more pulls towards its item, less than 0 pushes away, 0 counts for nothing.',
    ],
  },
  zh: {
    plain: {
      session: ['会话', '', '当前行为的权重 w_s：q = w_s · unit(会话) + w_p · unit(画像)。'],
      profile: ['画像', '', '以往行为的权重 w_p：q = w_s · unit(会话) + w_p · unit(画像)。'],
      collaborative: ['同一批人购买', '', '协同分段的权重，学自谁与什么打过交道：缩放 q 的这一部分。'],
      content: ['内容相似', '', '内容分段的权重，学自标题、描述和分类：缩放 q 的这一部分。'],
      popularity: ['热销', '', '加到每个得分上：权重 × 热销度（按整个日志中的名次取 0 到 1）。'],
      trend: ['流行', '', '加到每个得分上：权重 × 流行度（按近来浏览的上升取 0 到 1）。'],
      newness: ['新品', '', '加到每个得分上：权重 × 新鲜度（上架当天为 1，此后递减）。'],
      priceSensitivity: [
        '价格敏感度',
        '',
        '加到每个得分上：权重 × 把握 × (1 − |价位 − 你的价位|)；价位是同类中按价格的名次，0 到 1。',
      ],
      halfLifeDays: ['画像半衰期', '天', '经过这么多天，事件在画像中只算一半：强度 × 2^(−时间 / 半衰期)。'],
      sessionGapMinutes: ['会话间隔', '分钟', '停顿这么久就开始新的会话，之前的只计入画像。'],
      sessionLength: ['会话事件数', '', '会话中只有最近这么多个事件计入 q。'],
      sessionDecay: ['会话内衰减', '', '会话中每个事件的分量是其后一个的这么多倍：强度 × 衰减^序号。'],
      diversity: ['多样性', '', '最大边际相关：每个位置给 (1 − d) · 相关度 − d · 与已选商品的相似度 最高者。'],
      categoryCap: ['同类上限', '件', '只要还有别的可选，同一分类最多这么多件；0 表示不限。'],
      repeatBonus: [
        '回看加分',
        '',
        '加到会话中最近一件商品的得分上，再前一件减半，以此类推；0 表示不再显示看过的商品。',
      ],
    },
    strength: (kind) => [kind, '', '这类事件在 q 中的强度 s：正数拉近，负数推远，0 不计。'],
  },
}

/** `kinds`: words of each kind of event. */
export function dialText(name: DialName, language: Language, kinds: Readonly<Record<string, string>>): DialText {
  const [, kind] = name.split('.') as [string, EventKind | undefined]
  return kind ? texts[language].strength(kinds[kind] ?? kind) : texts[language].plain[name as Plain]
}
