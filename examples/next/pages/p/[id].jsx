import { Shelf } from '../../components/shelf.jsx'
import { listsOf } from '../../lib/lists-of.js'

export function getStaticPaths() {
  return { paths: [], fallback: 'blocking' }
}

export function getStaticProps({ params }) {
  return { props: { id: params.id, shelves: listsOf(params.id) } }
}

export default function Item({ id, shelves }) {
  return (
    <main>
      <h1>{id}</h1>
      {shelves.map((shelf) => (
        <Shelf key={shelf.placement} {...shelf} />
      ))}
    </main>
  )
}
