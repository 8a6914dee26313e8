import type { Language } from '../options.ts'
import type { DialGroup } from './dials.ts'
import type { PresetName } from './presets.ts'

export interface TuneTexts {
  readonly intro: string
  readonly opening: string
  readonly a: string
  readonly b: string
  readonly scored: (rows: string, ms: string) => string
  readonly lists: string
  readonly fresh: string
  readonly up: (places: number) => string
  readonly down: (places: number) => string
  readonly same: string
  readonly preset: string
  readonly presets: Readonly<Record<PresetName, string>>
  readonly groups: Readonly<Record<DialGroup, string>>
  readonly undo: string
  readonly keep: string
  readonly keepHelp: string
  readonly swap: string
  readonly reset: string
  readonly serve: string
  readonly serveHelp: string
  readonly inUse: string
  readonly changed: string
  readonly unchanged: string
  readonly differs: (name: string, from: string, to: string) => string
  readonly take: string
  readonly tag: string
  readonly tagHelp: string
  readonly json: string
  readonly jsonHelp: string
  readonly settingsFile: string
  readonly settingsFileHelp: string
  readonly link: string
  readonly linkHelp: string
  readonly none: string
}

export const tuneTexts: Readonly<Record<Language, TuneTexts>> = {
  en: {
    intro: 'Turn a slider: every item is scored again while you drag. A stays, B follows you.',
    opening: 'Opening the bundle …',
    a: 'A: before',
    b: 'B: your tuning',
    scored: (rows, ms) => `2 × ${rows} items scored in ${ms} ms`,
    lists: 'For you, under both settings',
    fresh: 'new',
    up: (places) => `↑${places}`,
    down: (places) => `↓${places}`,
    same: 'The same list',
    preset: 'Start from',
    presets: {
      defaults: 'The bundle’s own',
      moment: 'Live in the moment',
      memory: 'A long memory',
      bestsellers: 'Best sellers only',
      company: 'What others buy',
      likeness: 'What looks alike',
      novelty: 'What is new',
      explorer: 'A wide choice',
    },
    groups: {
      taste: 'The visitor',
      everyone: 'Everyone',
      memory: 'Memory',
      list: 'The list',
      strengths: 'What events are worth',
    },
    undo: 'Undo',
    keep: 'B becomes A',
    keepHelp: 'Compare with what you have found, and go on from there.',
    swap: 'Swap',
    reset: 'Start over',
    serve: 'The shop uses',
    inUse: 'in use',
    serveHelp: 'The shelves on the shop’s pages ask with these settings.',
    changed: 'What differs from the bundle',
    unchanged: 'B is the bundle as it is.',
    differs: (name, from, to) => `${name}: ${from} → ${to}`,
    take: 'Take it with you',
    tag: 'Script tag',
    tagHelp: 'The tag of your pages: these settings hold for all shelves.',
    json: 'Module or command',
    jsonHelp: 'The option `settings` of createRecommender, or of the queued command “start”.',
    settingsFile: 'Settings of the build',
    settingsFileHelp:
      'Save as settings.json and build with “--settings settings.json”: then they are the bundle’s own.',
    link: 'Link',
    linkHelp: 'This page with these settings.',
    none: 'nothing',
  },
  zh: {
    intro: '拖动滑块：拖动时每件商品都会重新评分。A 不变，B 随你而变。',
    opening: '正在打开数据包……',
    a: 'A：之前',
    b: 'B：正在调整',
    scored: (rows, ms) => `${ms} 毫秒内为 2 × ${rows} 件商品评分`,
    lists: '两种设置下的“为你推荐”',
    fresh: '新',
    up: (places) => `↑${places}`,
    down: (places) => `↓${places}`,
    same: '两个列表相同',
    preset: '起点',
    presets: {
      defaults: '数据包自带',
      moment: '活在当下',
      memory: '长久记忆',
      bestsellers: '只看热销',
      company: '别人买的',
      likeness: '相像的',
      novelty: '新鲜的',
      explorer: '广泛选择',
    },
    groups: { taste: '访客', everyone: '大家', memory: '记忆', list: '列表', strengths: '事件的分量' },
    undo: '撤销',
    keep: '把 B 作为 A',
    keepHelp: '以现在的结果为对照，继续调整。',
    swap: '交换',
    reset: '重来',
    serve: '商店使用',
    inUse: '使用中',
    serveHelp: '商店页面上的货架用这些设置提问。',
    changed: '与数据包的不同',
    unchanged: 'B 就是数据包本身。',
    differs: (name, from, to) => `${name}：${from} → ${to}`,
    take: '带走',
    tag: '脚本标签',
    tagHelp: '放进页面的标签：这些设置对所有货架生效。',
    json: '模块或命令',
    jsonHelp: 'createRecommender 的选项 `settings`，或排队命令 “start” 的选项。',
    settingsFile: '构建设置',
    settingsFileHelp: '存为 settings.json，用 “--settings settings.json” 构建：它们就成为数据包自己的设置。',
    link: '链接',
    linkHelp: '带着这些设置的本页。',
    none: '无',
  },
}
