// `npm run build`, or `npm run build -- worker page`: writes dist/.
import { buildOutputs, outputs, type Output } from './outputs.ts'

const named = process.argv.slice(2)
const unknown = named.filter((name) => !(outputs as readonly string[]).includes(name))
if (unknown.length) throw new Error(`no output ${unknown.join(', ')}: there are ${outputs.join(', ')}`)
await buildOutputs(named.length ? (named as Output[]) : outputs, console.log)
