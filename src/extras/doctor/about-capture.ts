import { readPageItem } from '../capture/structured-data.ts'
import type { AdapterName } from '../capture/start-capture.ts'
import type { Finding, Patient } from './diagnose.ts'

/** Which adapter sees what. */
export function aboutCapture({ options, capture, isOn }: Patient): Finding[] {
  const scope = globalThis as unknown as Record<string, unknown>
  const present: Readonly<Record<Exclude<AdapterName, 'dwell'>, boolean>> = {
    'data-layer': Array.isArray(scope[options.layerName]),
    shopify: scope['Shopify'] !== undefined,
    segment: scope['analytics'] !== undefined,
    woocommerce: document.querySelector('.woocommerce, [class*="wc-block"]') !== null,
    'structured-data': readPageItem(document, location.href) !== undefined,
  }
  const findings = Object.entries(present).flatMap(([name, there]): Finding[] => {
    const report = capture.sources.get(name)
    if (!isOn(name as AdapterName))
      return there ? [{ level: 'note', says: `${name}: is on this page, and switched off.` }] : []
    if (!report || report.heard + report.refused === 0) {
      return there ? [{ level: 'note', says: `${name}: is on this page, and has said nothing yet.` }] : []
    }
    return [{ level: report.heard > 0 ? 'good' : 'note', says: `${name}: ${describe(report)}` }]
  })
  const own = capture.sources.get('own')
  if (own)
    findings.push({ level: own.refused > 0 ? 'problem' : 'good', says: `windowshop('track', ...): ${describe(own)}` })
  if ([...capture.sources.values()].every(({ heard }) => heard === 0)) {
    findings.push({
      level: 'note',
      says: 'No event has been heard on this page.',
      advice:
        "On an item's page that is a problem: push GA4's view_item, mark the item up as a schema.org Product, or call windowshop('track', { kind: 'view_item', item }).",
    })
  }
  return findings
}

function describe({
  heard,
  repeated,
  refused,
  last,
}: NonNullable<ReturnType<Patient['capture']['sources']['get']>>): string {
  const parts = [
    `${heard} events`,
    repeated > 0 && `${repeated} of them said by another source before`,
    refused > 0 && `${refused} that could not be understood`,
    last && `the last one ${last.kind} ${last.items.join(', ')}`.trim(),
  ]
  return `${parts.filter(Boolean).join('; ')}.`
}
