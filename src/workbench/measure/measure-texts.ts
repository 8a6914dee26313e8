import type { Language } from '../options.ts'

export interface MeasureTexts {
  readonly measuring: string
  readonly replay: string
  readonly replayHelp: (k: number) => string
  readonly few: string
  readonly metric: string
  readonly metrics: Readonly<Record<string, readonly [name: string, help: string]>>
  readonly curve: string
  readonly curveX: string
  readonly curveY: string
  readonly steps: string
  readonly stepsX: string
  readonly stepsY: string
  readonly notFound: string
  readonly cold: string
  readonly coldHelp: string
  readonly afterEvents: (count: number) => string
  /** A and B give the same. */
  readonly both: string
  readonly personas: string
  readonly personasHelp: string
  readonly yourself: string
  readonly personasAway: string
  readonly population: string
  readonly populationHelp: string
  readonly ask: (views: number) => string
  readonly asking: string
  readonly wins: (a: string, b: string, ties: string) => string
  readonly chance: (p: string) => string
  readonly worth: (a: string, b: string, half: string) => string
  readonly worthX: string
  readonly shoppers: string
  readonly report: string
  readonly reportHelp: string
  readonly openReport: string
  readonly closeReport: string
}

export const measureTexts: Readonly<Record<Language, MeasureTexts>> = {
  en: {
    measuring: 'Measuring …',
    replay: 'A and B, on your own log',
    replayHelp: (k) =>
      `Before each item that was new to you, A and B make a list of ${k} from what had happened until then. A is what “Tune” compares with, B is your tuning.`,
    few: 'Look at a few more items: there is nothing to predict yet.',
    metric: 'Metric',
    metrics: {
      recall: ['Recall', 'Share of the items you went for that stood on the list'],
      ndcg: ['NDCG', 'The same, counting more the higher they stood: 1 / log2(place + 1)'],
      mrr: ['MRR', 'Mean of 1 / place'],
      coverage: ['Coverage', 'Share of the catalogue that stood on any list'],
      diversity: ['Diversity', 'Mean of 1 − cosine of two items of a list'],
    },
    curve: 'Found within so many places',
    curveX: 'places',
    curveY: 'share found',
    steps: 'Where each item stood',
    stepsX: 'item',
    stepsY: 'place',
    notFound: 'not listed',
    cold: 'From a stranger to someone known',
    coldHelp: 'The list after none, one, two and three of your events.',
    afterEvents: (count) => (count === 0 ? 'nobody' : count === 1 ? '1 event' : `${count} events`),
    both: 'A and B alike',
    personas: 'Be someone else',
    personasHelp: 'Shoppers of the sample shop. Your own log is kept meanwhile, and comes back.',
    yourself: 'Yourself',
    personasAway: 'The sample shop’s shoppers are not here now. They come when you are online again.',
    population: 'A and B, asked of shoppers whose likes are known',
    populationHelp:
      'Team-draft interleaving on 200 simulated shoppers of the sample shop: both lists share the places, a click counts for the one that drafted it. Only a made-up shop also knows what the lists are truly worth.',
    ask: (views) => `Ask, after ${views} views each`,
    asking: 'Asking …',
    wins: (a, b, ties) => `A wins ${a}, B wins ${b}, ${ties} the same`,
    chance: (p) => `Chance of such a difference by luck (sign test): ${p}`,
    worth: (a, b, half) => `True worth: A ${a}, B ${b}; 95 % of the difference lies within ± ${half}`,
    worthX: 'true worth of B − A',
    shoppers: 'shoppers',
    report: 'The command’s report',
    reportHelp:
      'Opens what “windowshop evaluate” has found in your log, beside the classics of the field: the page of --report, or the output of --json. It stays in this browser.',
    openReport: 'Open a report',
    closeReport: 'Close it',
  },
  zh: {
    measuring: '正在评估……',
    replay: '在你自己的记录上比较 A 与 B',
    replayHelp: (k) => `在每件对你是新的商品之前，A 和 B 各用此前的事件列出 ${k} 件。A 是“调参”的对照，B 是你的调整。`,
    few: '再看几件商品：现在还没有可以预测的。',
    metric: '指标',
    metrics: {
      recall: ['召回率', '你所选商品中出现在列表里的比例'],
      ndcg: ['NDCG', '同上，位置越靠前分量越大：1 / log2(位置 + 1)'],
      mrr: ['MRR', '1 / 位置 的均值'],
      coverage: ['覆盖率', '出现在任一列表中的目录比例'],
      diversity: ['多样性', '列表中两件商品 1 − 余弦 的均值'],
    },
    curve: '在前若干位内找到',
    curveX: '位数',
    curveY: '找到的比例',
    steps: '每件商品的位置',
    stepsX: '商品',
    stepsY: '位置',
    notFound: '未列出',
    cold: '从陌生人到熟客',
    coldHelp: '经过零、一、二、三个事件之后的列表。',
    afterEvents: (count) => (count === 0 ? '陌生人' : `${count} 个事件`),
    both: 'A 与 B 相同',
    personas: '扮演别人',
    personasHelp: '示例商店的顾客。你自己的记录会保留，并可恢复。',
    yourself: '你自己',
    personasAway: '示例商店的顾客现在不在，联网后会出现。',
    population: '向喜好已知的顾客询问 A 与 B',
    populationHelp:
      '对示例商店的 200 位模拟顾客做 team-draft 交错：两个列表分享位置，点击算给选入它的一方。只有虚构的商店还知道列表的真实价值。',
    ask: (views) => `每人浏览 ${views} 件后询问`,
    asking: '正在询问……',
    wins: (a, b, ties) => `A 胜 ${a}，B 胜 ${b}，相同 ${ties}`,
    chance: (p) => `碰巧出现这种差异的概率（符号检验）：${p}`,
    worth: (a, b, half) => `真实价值：A ${a}，B ${b}；差异的 95 % 区间为 ± ${half}`,
    worthX: 'B − A 的真实价值',
    shoppers: '顾客数',
    report: '命令的报告',
    reportHelp: '打开 windowshop evaluate 写的报告：--report 的网页，或 --json 的输出。只留在这个浏览器里。',
    openReport: '打开报告',
    closeReport: '关闭报告',
  },
}
