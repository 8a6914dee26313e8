import { html, nothing, type TemplateResult } from 'lit'
import type { Status } from '../../index.ts'
import { codeIn, inWords } from '../problem.ts'
import type { Language } from '../options.ts'
import type { Bench, View } from '../view.ts'

/** What computes, how fast, from what, and where it is kept. */
export const engine: View = (bench) => {
  const { state, texts, format } = bench
  const { status, roundTrip } = state
  if (!status) return html`<p class="hint">${texts.starting}</p>`
  const { bundle, scorer, storage, transfer, memory, problem } = status
  return html` ${problem ? html`<p class="problem" role="alert">${texts.problem}: ${inWords(problem, state.options.language)}</p>` : nothing}
    <dl class="facts">
      ${scorer ? fact(texts.scorer, html`<b>${scorer.name}</b> ${chosenBecause(scorer.reason, state.options.language)}`) : nothing}
      ${scorer ? fact(texts.measured, measurements(scorer.measured, bench)) : nothing}
      ${scorer ? fact(texts.adapter, scorer.adapter ?? texts.none) : nothing}
      ${bundle ? fact(texts.coverage, coverage(status, bench)) : nothing}
      ${fact(texts.timings, stages(status.timings, bench))}
      ${roundTrip === undefined ? nothing : fact(texts.roundTrip, `${format.milliseconds(roundTrip)} ms`)}
      ${fact(
        texts.storage,
        html`<b>${format.count(storage.events)}</b> ${storage.kind === 'disk' ? texts.onDisk : texts.inMemory}
          ${storage.reason ? inWords({ code: storage.reason, message: storage.reason }, state.options.language) : nothing}`,
      )}
      ${fact(texts.received, format.bytes(transfer.received))}
      ${fact(texts.memory, format.bytes(memory.table + memory.scorer))}
      ${
        bundle
          ? fact(
              texts.bundle,
              html`<code>${bundle.id.slice(0, 8)}</code>
                ${bundle.segments.map(({ name, dims }) => `${name} ${dims}`).join(' + ')}`,
            )
          : nothing
      }
    </dl>`
}

function fact(name: string, value: unknown): TemplateResult {
  return html`<dt>${name}</dt>
    <dd>${value}</dd>`
}

/** Why it is the one: what the others lack has a code, and is said in words. */
function chosenBecause(reason: string, language: Language): TemplateResult[] {
  return reason.split('; ').map((part) => {
    const code = codeIn(part)
    return code ? inWords({ code, message: part }, language) : html`<span lang="en">${part}</span> `
  })
}

/** Median milliseconds by scorer, fastest first. */
function measurements(measured: Readonly<Record<string, number>>, { format }: Bench): TemplateResult {
  const sorted = Object.entries(measured).sort(([, a], [, b]) => a - b)
  return html`${sorted.map(
    ([name, time]) => html`<span class="measure"><i>${name}</i> ${format.milliseconds(time)} ms</span>`,
  )}`
}

function coverage({ coverage: share, bundle }: Status, { texts, format }: Bench): TemplateResult {
  const items = bundle?.items ?? 0
  return html` ${texts.coverageOf(format.count(Math.round(share * items)), format.count(items))}
    <span class="bar-track"><span class="bar-fill" style="inline-size:${(100 * share).toFixed(1)}%"></span></span>`
}

/** Milliseconds by stage; a stage without words has the worker's name. */
function stages(timings: Readonly<Record<string, number>>, { texts, format }: Bench): TemplateResult {
  return html`${Object.entries(timings).map(
    ([name, time]) =>
      html`<span class="measure"><i>${texts.stages[name] ?? name}</i> ${format.milliseconds(time)} ms</span>`,
  )}`
}
