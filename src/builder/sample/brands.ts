import type { Style } from './latent.ts'

/** A maker: what it makes, how it looks, and how dear it is. All are invented. */
export interface Brand {
  readonly name: string
  readonly departments: readonly string[]
  readonly style: Style
  /** 0 is cheap, 1 is luxury. */
  readonly level: number
}

const outdoor = ['Outdoor', 'Clothing']
const house = ['Home', 'Garden']

/** Style is technical, bold, refined, each from -1 to 1. */
export const brands: readonly Brand[] = [
  { name: 'Tarnwick', departments: outdoor, style: [0.9, 0.1, 0.2], level: 0.8 },
  { name: 'Skarnhut', departments: outdoor, style: [0.8, 0.8, -0.1], level: 0.65 },
  { name: 'Northfold', departments: outdoor, style: [0.4, -0.6, 0.6], level: 0.85 },
  { name: 'Cairnlight', departments: outdoor, style: [1, 0.3, 0.4], level: 0.95 },
  { name: 'Roamstead', departments: outdoor, style: [0, 0.4, -0.5], level: 0.3 },
  { name: 'Driftmoor', departments: outdoor, style: [-0.3, -0.3, -0.6], level: 0.45 },
  { name: 'Brackenhut', departments: outdoor, style: [-0.8, -0.6, -0.8], level: 0.55 },
  { name: 'Foxgate', departments: outdoor, style: [0.2, 1, -0.2], level: 0.2 },
  { name: 'Thornquay', departments: ['Outdoor'], style: [0.5, -0.2, -0.9], level: 0.5 },
  { name: 'Zephyrine', departments: outdoor, style: [0.7, 0.6, 0.7], level: 0.4 },
  { name: 'Stonewren', departments: outdoor, style: [-0.4, 0, 0.3], level: 0.6 },
  { name: 'Mirefen', departments: outdoor, style: [0.1, -0.8, -0.4], level: 0.15 },
  { name: 'Wolden & Pine', departments: ['Outdoor', 'Clothing', 'Home'], style: [-0.9, -0.4, 0.1], level: 0.7 },
  { name: 'Yarrowby', departments: ['Clothing', 'Home'], style: [-0.7, 0.5, 0.5], level: 0.45 },
  { name: 'Larkstead', departments: ['Clothing', 'Home'], style: [-0.5, -0.7, 0.9], level: 0.8 },
  { name: 'Glenhollow', departments: ['Clothing'], style: [-0.6, 0.2, -0.3], level: 0.35 },
  { name: 'Hearthlane', departments: house, style: [-0.7, -0.5, 0.2], level: 0.5 },
  { name: 'Kettlebrook', departments: house, style: [-0.3, 0.7, -0.1], level: 0.35 },
  { name: 'Lumenfold', departments: house, style: [0.8, -0.3, 0.9], level: 0.9 },
  { name: 'Oakwarren', departments: house, style: [-0.9, -0.8, -0.3], level: 0.65 },
  { name: 'Quillmere', departments: house, style: [-0.2, -0.4, 1], level: 0.95 },
  { name: 'Pellwick', departments: house, style: [0.3, 0.9, 0.4], level: 0.25 },
  { name: 'Umberly', departments: house, style: [-0.6, 0.1, 0.6], level: 0.7 },
  { name: 'Saltmere', departments: house, style: [0.2, -0.9, 0.5], level: 0.4 },
  { name: 'Juniper Row', departments: house, style: [-0.5, 0.8, 0.7], level: 0.6 },
  { name: 'Ferrowe', departments: house, style: [0.7, -0.1, -0.7], level: 0.45 },
  { name: 'Wrenfield', departments: house, style: [-0.8, 0.4, -0.5], level: 0.2 },
  { name: 'Valmarn', departments: house, style: [0.5, 0.2, 0.8], level: 0.75 },
]
