import { useEffect } from 'react'
import '../lists/windowshop.css'
import { startShop } from '../lib/start-shop.js'

export default function App({ Component, pageProps }) {
  useEffect(startShop, [])
  return <Component {...pageProps} />
}
