import { parseHTML } from 'linkedom'
import { expect, test } from 'vitest'
import type { Evaluation } from '../../../src/builder/evaluate/evaluate.ts'
import { modelWords } from '../../../src/builder/report/model-words.ts'
import { renderReport } from '../../../src/builder/report/render-report.ts'
import { randomEvaluation } from '../../support/random-evaluation.ts'
import { seededRandom } from '../../support/seed.ts'

const models = ['windowshop', 'popular', 'item-knn-jaccard', 'als', 'fm']

function open(evaluation: Evaluation): Document {
  return parseHTML(renderReport(evaluation)).document
}

function changed(evaluation: Evaluation, model: string, change: Partial<Evaluation['models'][string]>): Evaluation {
  return { ...evaluation, models: { ...evaluation.models, [model]: { ...evaluation.models[model]!, ...change } } }
}

test('the table says every number of every model, the best on top', () => {
  const evaluation = randomEvaluation(models, seededRandom('table'))
  const rows = [...open(evaluation).querySelectorAll('tbody tr')].map((row) => ({
    name: row.querySelector('th')!.textContent,
    cells: [...row.querySelectorAll('td')].map((cell) => cell.textContent!.trim()),
  }))
  const ranked = [...models].sort(
    (a, b) => evaluation.models[b]!.quality['recall@20']!.value - evaluation.models[a]!.quality['recall@20']!.value,
  )
  expect(rows.map(({ name }) => name)).toEqual(ranked.map((model) => modelWords(model).name))
  for (const [at, model] of ranked.entries()) {
    const { quality, catalogue, bytes } = evaluation.models[model]!
    const { value, interval } = quality['recall@20']!
    expect(rows[at]!.cells[0]).toBe(`${value.toFixed(3)}${interval[0].toFixed(3)} to ${interval[1].toFixed(3)}`)
    expect(rows[at]!.cells).toEqual(
      expect.arrayContaining([catalogue.gini.toFixed(3), catalogue.novelty.toFixed(2), (bytes / 1e6).toFixed(2)]),
    )
  }
})

test('dots stand where their values are: the better model further right, by as much as it is better', () => {
  const evaluation = randomEvaluation(models, seededRandom('dots'))
  const plots = open(evaluation).querySelectorAll('.panel.recall svg')
  expect(plots).toHaveLength(2)
  for (const plot of plots) {
    const places = new Map(
      [...plot.querySelectorAll('circle')].map((dot) => [
        dot.querySelector('title')!.textContent!.split(':')[0]!,
        Number(dot.getAttribute('cx')),
      ]),
    )
    const points = models.map((model) => ({
      value: evaluation.models[model]!.quality['recall@20']!.value,
      place: places.get(modelWords(model).name)!,
    }))
    const [a, b] = [points[0]!, points[1]!]
    const scale = (a.place - b.place) / (a.value - b.value)
    expect(scale).toBeGreaterThan(0)
    for (const { value, place } of points) expect(place - a.place).toBeCloseTo(scale * (value - a.value), 6)
  }
})

test('every plot is drawn for narrow and for wide windows, and tells in words what it shows', () => {
  const plots = [...open(randomEvaluation(models, seededRandom('widths'))).querySelectorAll('svg')]
  const narrow = plots.filter((plot) => plot.classList.contains('narrow'))
  expect(narrow.length).toBeGreaterThanOrEqual(9)
  expect(plots).toHaveLength(2 * narrow.length)
  for (const plot of plots) expect(plot.getAttribute('aria-label')).toMatch(/Windowshop|Factorisation/)
})

test('a lead is called one only where it is more than chance', () => {
  const even = randomEvaluation(['windowshop', 'als'], seededRandom('verdict'))
  const estimate = (value: number) => ({ value, interval: [value - 0.01, value + 0.01] as const })
  const quality = (value: number) => ({ quality: { ...even.models['als']!.quality, 'recall@20': estimate(value) } })
  const leading = changed(changed(even, 'windowshop', quality(0.2)), 'als', {
    ...quality(0.1),
    gap: { recall: { value: 0.1, interval: [0.05, 0.15] }, ndcg: estimate(0) },
  })
  const verdict = (evaluation: Evaluation) => open(evaluation).querySelector('.verdict')!
  expect(verdict(leading).textContent).toMatch(/^100\s% more than Matrix factorisation: more than chance$/)
  const unsure = changed(leading, 'als', { gap: { recall: { value: 0.1, interval: [-0.01, 0.2] }, ndcg: estimate(0) } })
  expect(verdict(unsure).textContent).toMatch(/may be chance/)
  const behind = changed(changed(even, 'windowshop', quality(0.1)), 'als', {
    ...quality(0.2),
    gap: { recall: { value: -0.1, interval: [-0.15, -0.05] }, ndcg: estimate(0) },
  })
  expect(verdict(behind).textContent).toMatch(/finds 50\s% less, and more than chance, compared with Matrix/)
})

test('a report without Windowshop speaks of the best model; one of a single model has no rival', () => {
  const random = seededRandom('others')
  const others = randomEvaluation(['als', 'fm'], random)
  const [als, fm] = ['als', 'fm'].map((model) => others.models[model]!.quality['recall@20']!.value)
  expect(open(others).querySelector('tr.own th')!.textContent).toBe(modelWords(als! > fm! ? 'als' : 'fm').name)
  const alone = open(randomEvaluation(['popular'], random))
  expect(alone.querySelector('.verdict')).toBeNull()
  expect(alone.querySelectorAll('tbody tr')).toHaveLength(1)
})

test('what a data set is called stays text, and nothing is fetched', () => {
  const evaluation = randomEvaluation(models, seededRandom('hostile'))
  const name = '<script>alert(1)</script>"\'><img src=x onerror=alert(1)>'
  const document = open({ ...evaluation, dataset: { ...evaluation.dataset, name, task: name } })
  expect(document.querySelector('.eyebrow')!.textContent).toContain(name)
  expect(document.querySelectorAll('script, img, link, iframe, object, [src], [href]')).toHaveLength(0)
  expect(renderReport(evaluation)).not.toMatch(/url\(|@import/)
})
