/** What a model is called in a report, and what it does, in a manager's words. */
export interface ModelWords {
  readonly name: string
  readonly does: string
}

const similarities: Readonly<Record<string, string>> = { cosine: 'cosine', pearson: 'Pearson', jaccard: 'Jaccard' }

const known: Readonly<Record<string, ModelWords>> = {
  windowshop: {
    name: 'Windowshop',
    does: 'what your shop would ship: the bundle, in eight bits, asked as a page asks it',
  },
  popular: { name: 'Best sellers', does: 'the same list for everyone' },
  'recent-popular': { name: 'Best sellers of late', does: 'the best sellers of the last weeks, the same for everyone' },
  markov: { name: 'What came next', does: 'what followed the last item most often (first-order Markov)' },
  'markov-popular': { name: 'What came next, popular', does: 'the same, equals ordered by popularity' },
  'v-sknn': { name: 'Sessions alike', does: 'what sessions like this one held (V-SKNN)' },
  als: { name: 'Matrix factorisation', does: 'tastes as numbers, learned by alternating least squares' },
  fm: { name: 'Factorisation machine', does: 'tastes as numbers, the last item apart from those before' },
  mlp: { name: 'Neural network', does: 'a small network over the last item and the mean of all' },
  content: { name: 'Items alike', does: 'items whose texts are like those of the visitor’s items' },
  hybrid: { name: 'Weighted hybrid', does: 'bought together, items alike and recent best sellers, added up' },
}

export function modelWords(model: string): ModelWords {
  const words = known[model]
  if (words) return words
  const [, family, similarity = ''] = /^(item|user)-knn-(.+)$/.exec(model) ?? []
  const by = similarities[similarity] ?? similarity
  if (family === 'item')
    return { name: `Bought together (${by})`, does: 'items that the same shoppers had, by how often' }
  if (family === 'user')
    return { name: `Shoppers alike (${by})`, does: 'what shoppers with the same items had besides' }
  return { name: model, does: '' }
}
