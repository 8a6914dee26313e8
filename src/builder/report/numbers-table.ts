import type { Evaluation, ModelReport } from '../evaluate/evaluate.ts'
import type { Estimate } from '../evaluate/judge.ts'
import { html, type Markup } from '../html.ts'
import { modelWords } from './model-words.ts'

interface Column {
  readonly name: string
  readonly cell: (report: ModelReport) => Estimate | string | undefined
}

const share = (value: number) => value.toFixed(3)

const columns: readonly Column[] = [
  ...[
    'recall@20',
    'precision@20',
    'f1@20',
    'hit@20',
    'ndcg@20',
    'mrr@20',
    'recall@10',
    'ndcg@10',
    'recall@5',
    'ndcg@5',
  ].map((key): Column => ({ name: nameOf(key), cell: ({ quality }) => quality[key] })),
  { name: 'AUC', cell: ({ quality }) => quality['auc'] },
  { name: 'Coverage', cell: ({ catalogue }) => share(catalogue.coverage) },
  { name: 'Gini', cell: ({ catalogue }) => share(catalogue.gini) },
  { name: 'Popularity', cell: ({ catalogue }) => catalogue.popularity.toFixed(0) },
  { name: 'Novelty', cell: ({ catalogue }) => catalogue.novelty.toFixed(2) },
  {
    name: 'Diversity',
    cell: ({ catalogue: { diversity } }) => (diversity === undefined ? undefined : share(diversity)),
  },
  { name: 'Size, MB', cell: ({ bytes }) => (bytes / 1e6).toFixed(2) },
  { name: 'Training, s', cell: ({ train_seconds }) => train_seconds.toFixed(1) },
  { name: 'Answer, ms', cell: ({ milliseconds }) => milliseconds.toFixed(2) },
]

/** Every number of an evaluation, a model a line, the best on top. */
export function numbersTable({ models }: Evaluation, own: string): Markup {
  const ranked = Object.entries(models).sort(
    ([, a], [, b]) => b.quality['recall@20']!.value - a.quality['recall@20']!.value,
  )
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Every number">
    <table>
      <thead>
        <tr>
          <th scope="col">Model</th>
          ${columns.map(({ name }) => html`<th scope="col">${name}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${ranked.map(
          ([model, report]) =>
            html`<tr class="${model === own ? 'own' : ''}">
              <th scope="row">${modelWords(model).name}</th>
              ${columns.map(({ cell }) => html`<td>${content(cell(report))}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`
}

function content(cell: Estimate | string | undefined): Markup | string {
  if (cell === undefined) return 'not measured'
  if (typeof cell === 'string') return cell
  const [low, high] = cell.interval
  return html`${share(cell.value)}<small>${share(low)} to ${share(high)}</small>`
}

function nameOf(key: string): string {
  const [metric = '', k = ''] = key.split('@')
  const names: Readonly<Record<string, string>> = { hit: 'Hit rate', ndcg: 'NDCG', mrr: 'MRR', f1: 'F1' }
  return `${names[metric] ?? metric[0]!.toUpperCase() + metric.slice(1)} of ${k}`
}
