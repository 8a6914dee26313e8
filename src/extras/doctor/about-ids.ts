import { fieldsOf, idsOf, listOf } from '../capture/signal.ts'
import { readPageItem } from '../capture/structured-data.ts'
import type { Finding, Patient } from './diagnose.ts'

const mostIds = 500
const fewest = 0.9

/** What share of the ids on this page the bundle knows. */
export async function aboutIds({ options, capture }: Patient): Promise<Finding[]> {
  const marked = readPageItem(document, location.href)?.ids ?? []
  const groups = [...idsInLayer(options.layerName).map((id) => [id]), ...(marked.length > 0 ? [marked] : [])].slice(
    0,
    mostIds,
  )
  if (groups.length === 0) return []
  const cards = await Promise.all(groups.map((ids) => capture.finder.find(ids)))
  const unknown = groups.filter((_, i) => !cards[i]).map(([id]) => id)
  const known = groups.length - unknown.length
  const share = known / groups.length
  const says = `The bundle knows ${known} of the ${groups.length} items that this page names (${Math.round(share * 100)} %).`
  if (share >= fewest) return [{ level: 'good', says }]
  return [
    {
      level: 'problem',
      says: `${says} Unknown: ${unknown.slice(0, 5).join(', ')}${unknown.length > 5 ? ', ...' : ''}.`,
      advice:
        'Build the bundle with the same ids, `--map id=COLUMN`; variants and SKUs become aliases through the column `group`.',
    },
  ]
}

/** Ids of all items in the data layer, lists included. */
function idsInLayer(name: string): string[] {
  const layer = (globalThis as unknown as Record<string, unknown>)[name]
  const entries = Array.isArray(layer) ? layer.slice(-mostIds) : []
  return idsOf(
    ...entries.flatMap((entry) => {
      const fields = fieldsOf(entry)
      const { items } = fieldsOf(fields['0'] === 'event' ? fields['2'] : fields['ecommerce'])
      return listOf(items).map((item) => fieldsOf(item)['item_id'])
    }),
  )
}
