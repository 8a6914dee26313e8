import type { Evaluation } from './evaluate.ts'
import type { Estimate } from './judge.ts'

/** The comparison for people, best first. */
export function formatEvaluation({ dataset, models, new_items: newItems }: Evaluation): string {
  const count = (n: number) => n.toLocaleString('en')
  const rows = Object.entries(models)
    .sort((a, b) => b[1].quality['ndcg@20']!.value - a[1].quality['ndcg@20']!.value)
    .map(([name, { quality, catalogue, bytes, train_seconds, milliseconds }]) => [
      name,
      withInterval(quality['recall@20']!),
      withInterval(quality['ndcg@20']!),
      withInterval(quality['mrr@20']!),
      `${(100 * catalogue.coverage).toFixed(0)} %`,
      `${(bytes / 1e6).toFixed(1)} MB`,
      `${train_seconds.toFixed(1)} s`,
      `${milliseconds.toFixed(2)} ms`,
    ])
  const table = [['', 'recall@20', 'ndcg@20', 'mrr@20', 'coverage', 'size', 'training', 'answer'], ...rows]
  const widths = table[0]!.map((_, column) => Math.max(...table.map((row) => row[column]!.length)))
  return [
    `${dataset.name}: ${dataset.task}; ${dataset.split} data, ${count(dataset.cases)} cases`,
    `learned from ${count(dataset.events)} events in ${count(dataset.sequences)} sequences, ${count(dataset.items)} items`,
    ...table.map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column]!))
        .join('  ')
        .trimEnd(),
    ),
    ...(newItems ? newItemLines(newItems) : []),
  ].join('\n')
}

function withInterval({ value, interval: [low, high] }: Estimate): string {
  return `${value.toFixed(4)} (${low.toFixed(4)} to ${high.toFixed(4)})`
}

function newItemLines({ items, cases, recall }: NonNullable<Evaluation['new_items']>): string[] {
  return [
    `recall@20 of ${items.toLocaleString('en')} items hidden from training, ${cases.toLocaleString('en')} cases that wanted one:`,
    ...Object.entries(recall).map(([name, estimate]) => `  ${name}  ${withInterval(estimate)}`),
  ]
}
