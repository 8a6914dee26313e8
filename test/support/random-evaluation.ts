import type { Evaluation, ModelReport } from '../../src/builder/evaluate/evaluate.ts'
import type { Estimate } from '../../src/builder/evaluate/judge.ts'
import type { Random } from '../../src/core/random.ts'

/** An evaluation of the named models with numbers out of nowhere. */
export function randomEvaluation(models: readonly string[], random: Random): Evaluation {
  return {
    dataset: {
      name: 'log.csv',
      task: 'what comes next',
      split: 'test',
      items: 500,
      sequences: 90,
      events: 900,
      cases: 80,
    },
    models: Object.fromEntries(models.map((model) => [model, randomReport(random)])),
    new_items: {
      items: 50,
      cases: 31,
      recall: Object.fromEntries(models.slice(0, 3).map((model) => [model, estimate(random)])),
    },
  }
}

function estimate(random: Random): Estimate {
  const value = 0.02 + 0.5 * random()
  return { value, interval: [value - 0.01, value + 0.02] }
}

function randomReport(random: Random): ModelReport {
  const metrics = ['hit', 'recall', 'precision', 'f1', 'mrr', 'ndcg'].flatMap((name) =>
    [5, 10, 20].map((k) => `${name}@${k}`),
  )
  const groups = [
    { by: 'shopper activity', name: '1 event' },
    { by: 'shopper activity', name: 'more than 10 events' },
    { by: 'item popularity', name: 'long tail' },
  ] as const
  return {
    hr20: 1,
    mrr20: 1,
    bytes: Math.floor(1e3 + 3e6 * random()),
    train_seconds: 9 * random(),
    milliseconds: 3 * random(),
    quality: Object.fromEntries([...metrics, 'auc'].map((name) => [name, estimate(random)])),
    catalogue: {
      coverage: random(),
      gini: random(),
      popularity: 99 * random(),
      novelty: 9 * random(),
      diversity: random(),
    },
    groups: groups.map((group) => ({ ...group, cases: 40, recall: estimate(random), ndcg: estimate(random) })),
    cold_start: [0, 1, 2, 3, 5].map((events) => ({ events, recall: estimate(random) })),
    training: [1, 2, 3].map((epoch) => ({ epoch, loss: 5 / epoch })),
    gap: { recall: { value: 0.01, interval: [0.005, 0.02] }, ndcg: { value: 0, interval: [-0.01, 0.01] } },
  }
}
