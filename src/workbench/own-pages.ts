import type { Recommender, ShelfAnswer } from '../index.ts'
import { hrefOf } from './routes.ts'

/** A source of shelves whose cards lead to the workbench's pages, whatever addresses the bundle's shop has. */
export function withOwnPages(recommender: Recommender): Pick<Recommender, 'watch' | 'track'> {
  return {
    track: recommender.track,
    watch: (request, listener) => recommender.watch(request, (answer) => listener(leadHere(answer))),
  }
}

function leadHere(answer: ShelfAnswer): ShelfAnswer {
  if ('fallback' in answer) return answer
  const items = answer.items.map((item) => ({
    ...item,
    card: { ...item.card, url: hrefOf({ page: 'item', id: item.card.id }) },
  }))
  return { ...answer, items }
}
