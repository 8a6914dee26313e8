import { startShop } from '../lib/start-shop.js'

export default defineNuxtPlugin((app) => app.hook('app:mounted', startShop))
