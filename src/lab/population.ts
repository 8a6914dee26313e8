import { createRandom } from '../core/random.ts'
import { foldOf, shelfOf, type LabBench } from './bench.ts'
import { signTest, teamDraft } from './interleave.ts'
import type { PopulationAnswer, PopulationRequest } from './lab-api.ts'
import { viewsOf } from './personas.ts'
import type { TrueShopper } from './truth.ts'

const limit = 8

/**
 * Shows both settings' lists, interleaved, to shoppers whose likes are known: each clicks the item that pleases most, give or
 * take. Beside it, what the lists are truly worth to them, which a shop never learns.
 */
export async function population(
  bench: LabBench,
  shoppers: readonly TrueShopper[],
  { settings, views, seed }: PopulationRequest,
): Promise<PopulationAnswer> {
  const random = createRandom(seed)
  const wins = { a: 0, b: 0 }
  let ties = 0
  const worth: { readonly a: number; readonly b: number }[] = []
  for (const shopper of shoppers) {
    const events = viewsOf(shopper, bench.now).slice(0, views)
    const asked = { ...bench, fold: foldOf(events) }
    const [a, b] = await Promise.all(
      settings.map(async (change) => {
        const answer = await shelfOf(asked, { placement: 'for-you', limit, settings: change, reasons: 1 })
        return 'items' in answer ? answer.items.map(({ card }) => card.id) : []
      }),
    )
    const utility = (id: string) => shopper.utility(id) ?? 0
    const mean = (ids: readonly string[]) => ids.reduce((sum, id) => sum + utility(id), 0) / (ids.length || 1)
    worth.push({ a: mean(a!), b: mean(b!) })
    const { list, teams } = teamDraft(a!, b!, { limit, random })
    // Gumbel noise: a choice model (McFadden, 1974) whose likeliest click is the best item.
    const pleasure = list.map((id) => utility(id) - 0.1 * Math.log(-Math.log(random() || 1e-12)))
    const clicked = teams[pleasure.indexOf(Math.max(...pleasure))]
    // What both would have shown in the same places tells nothing.
    if (a!.join() === b!.join() || clicked === undefined) ties++
    else wins[clicked]++
  }
  return { shoppers: shoppers.length, wins, ties, p: signTest(wins.a, wins.b), worth }
}
