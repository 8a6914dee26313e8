import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { Shelf } from './shelf.jsx'
import { addFirstToCart } from './shop.js'

function App() {
  return (
    <>
      <h1>A page with React</h1>
      <Shelf placement="for-you" limit={8} />
      <button id="add" onClick={addFirstToCart}>
        Add the first one to the cart
      </button>
    </>
  )
}

createRoot(document.querySelector('#app')).render(
  <StrictMode>
    <App />
  </StrictMode>,
)
