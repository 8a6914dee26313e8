import type { Language } from '../options.ts'
import type { FaultName } from './health-state.ts'

export interface HealthTexts {
  readonly faults: string
  readonly faultsHelp: string
  readonly fault: Readonly<Record<FaultName, readonly [push: string, back: string]>>
  readonly trying: string
  readonly recovered: (fault: string, ms: string, scorer: string) => string
  readonly same: string
  readonly other: string
  readonly engine: string
  readonly timings: string
  readonly answers: string
  readonly roundTrips: string
  readonly times: string
  readonly milliseconds: string
  readonly noTimes: string
  readonly device: string
  readonly heap: string
  readonly used: (used: string, quota: string) => string
  readonly storage: string
  readonly databases: string
  readonly caches: string
  readonly serviceWorkers: string
  readonly tabs: string
  readonly starts: string
  readonly consent: string
  readonly files: string
  readonly file: string
  readonly bytes: string
  readonly signals: string
  readonly signalsHelp: string
  readonly noSignals: string
  readonly stored: Readonly<Record<'disk' | 'memory', string>>
  readonly refused: string
  readonly waiting: string
  readonly none: string
}

export const healthTexts: Readonly<Record<Language, HealthTexts>> = {
  en: {
    faults: 'Make something go wrong',
    faultsHelp:
      'Each really happens to the recommender’s worker. Then its next list is timed, and compared with the one before.',
    fault: {
      gpu: ['Lose the GPU', 'Lose the GPU'],
      worker: ['Kill the worker', 'Kill the worker'],
      storage: ['Fill the storage', 'Make room again'],
      network: ['Go offline', 'Go online'],
      bundle: ['Break the bundle', 'Mend the bundle'],
    },
    trying: 'Waiting for the next list …',
    recovered: (fault, ms, scorer) => `${fault}: next list after ${ms} ms, by ${scorer}`,
    same: 'the same list',
    other: 'another list',
    engine: 'Engine',
    timings: 'How long answers take',
    answers: 'In the worker',
    roundTrips: 'From the page, there and back',
    times: 'answers',
    milliseconds: 'milliseconds',
    noTimes: 'No answers yet.',
    device: 'On this device',
    heap: 'Memory of this page',
    used: (used, quota) => `${used} of ${quota}`,
    storage: 'Storage of this origin',
    databases: 'Databases',
    caches: 'Caches',
    serviceWorkers: 'Service workers',
    tabs: 'Tabs',
    starts: 'Workers started',
    consent: 'Consent',
    files: 'Fetched by the worker',
    file: 'File',
    bytes: 'Bytes over the network',
    signals: 'Event debugger',
    signalsHelp: 'Every signal that the page gave, newest first, and what became of it.',
    noSignals: 'No signal yet. Open an item.',
    stored: { disk: 'kept on this device', memory: 'in memory' },
    refused: 'refused:',
    waiting: 'waiting',
    none: 'none',
  },
  zh: {
    faults: '制造一个故障',
    faultsHelp: '每个故障都真实发生在推荐器的 Worker 上。随后为下一个列表计时，并与之前的比较。',
    fault: {
      gpu: ['丢失 GPU', '丢失 GPU'],
      worker: ['杀死 Worker', '杀死 Worker'],
      storage: ['占满存储', '腾出空间'],
      network: ['断网', '联网'],
      bundle: ['损坏数据包', '修复数据包'],
    },
    trying: '等待下一个列表……',
    recovered: (fault, ms, scorer) => `${fault}：${ms} 毫秒后得到下一个列表，由 ${scorer} 给出`,
    same: '列表相同',
    other: '列表不同',
    engine: '引擎',
    timings: '回答用时',
    answers: 'Worker 内',
    roundTrips: '页面往返',
    times: '回答数',
    milliseconds: '毫秒',
    noTimes: '还没有回答。',
    device: '在本设备上',
    heap: '本页内存',
    used: (used, quota) => `${quota} 中的 ${used}`,
    storage: '本站存储',
    databases: '数据库',
    caches: '缓存',
    serviceWorkers: 'Service Worker',
    tabs: '标签页',
    starts: '已启动的 Worker',
    consent: '同意',
    files: 'Worker 获取的文件',
    file: '文件',
    bytes: '网络字节数',
    signals: '事件调试',
    signalsHelp: '页面给出的每个信号，最新的在前，以及它的结果。',
    noSignals: '还没有信号。打开一件商品。',
    stored: { disk: '保存在本设备', memory: '在内存中' },
    refused: '被拒绝：',
    waiting: '等待中',
    none: '无',
  },
}
