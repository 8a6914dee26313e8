import { listsOf } from '../../utils/lists-of.js'

export default defineEventHandler((event) => listsOf(decodeURIComponent(getRouterParam(event, 'id'))))
