import { addFirstToCart } from './shop.js'

document.querySelector('#add').onclick = addFirstToCart
