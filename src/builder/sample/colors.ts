/** A colour that the shop sells. */
export interface Color {
  readonly name: string
  readonly hex: string
  /** -1 is muted, 1 is bold. */
  readonly bold: number
}

/** Every colour of the shop. */
export const colors: readonly Color[] = [
  { name: 'Moss', hex: '#66784a', bold: -0.3 },
  { name: 'Pine', hex: '#2f5a4a', bold: -0.2 },
  { name: 'Sage', hex: '#9db08c', bold: -0.7 },
  { name: 'Mint', hex: '#86c5ab', bold: 0.3 },
  { name: 'Teal', hex: '#23857f', bold: 0.5 },
  { name: 'Lake', hex: '#2f7399', bold: 0.2 },
  { name: 'Sky', hex: '#6cabd0', bold: 0.4 },
  { name: 'Navy', hex: '#2b4063', bold: -0.2 },
  { name: 'Glacier', hex: '#a9c9d4', bold: -0.4 },
  { name: 'Heather', hex: '#9a86b0', bold: 0.1 },
  { name: 'Plum', hex: '#733f63', bold: 0.2 },
  { name: 'Rose', hex: '#d08a93', bold: 0.1 },
  { name: 'Coral', hex: '#ea7860', bold: 0.9 },
  { name: 'Ember', hex: '#db5a2c', bold: 1 },
  { name: 'Rust', hex: '#a84c30', bold: 0.2 },
  { name: 'Clay', hex: '#bd7556', bold: -0.2 },
  { name: 'Ochre', hex: '#c98f36', bold: 0.3 },
  { name: 'Sunflower', hex: '#ebb12e', bold: 1 },
  { name: 'Sand', hex: '#d3be98', bold: -0.8 },
  { name: 'Oat', hex: '#e3d8c3', bold: -1 },
  { name: 'Stone', hex: '#a9a397', bold: -0.9 },
  { name: 'Slate', hex: '#66757f', bold: -0.6 },
  { name: 'Charcoal', hex: '#42484e', bold: -0.5 },
  { name: 'Oak', hex: '#bf9260', bold: -0.4 },
  { name: 'Walnut', hex: '#75503a', bold: -0.4 },
  { name: 'Copper', hex: '#bd7449', bold: 0.3 },
  { name: 'Brass', hex: '#bd9a4c', bold: 0.2 },
  { name: 'Steel', hex: '#97a3ab', bold: -0.5 },
]

/** The colours that a kind of product comes in. */
export const colorSets = {
  gear: ['Moss', 'Pine', 'Lake', 'Sky', 'Navy', 'Ember', 'Sunflower', 'Rust', 'Slate', 'Charcoal', 'Teal', 'Sand'],
  wear: ['Moss', 'Pine', 'Navy', 'Lake', 'Plum', 'Rust', 'Ochre', 'Coral', 'Charcoal', 'Heather', 'Sage', 'Glacier'],
  textile: ['Oat', 'Sage', 'Rose', 'Clay', 'Ochre', 'Navy', 'Heather', 'Glacier', 'Stone', 'Teal', 'Coral', 'Pine'],
  ceramic: ['Oat', 'Sage', 'Sky', 'Clay', 'Rose', 'Navy', 'Mint', 'Charcoal', 'Ochre', 'Coral', 'Stone', 'Teal'],
  metal: ['Steel', 'Copper', 'Brass', 'Charcoal', 'Pine', 'Ember', 'Navy', 'Sunflower'],
  wood: ['Oak', 'Walnut', 'Sand', 'Charcoal', 'Rust', 'Sage'],
} as const satisfies Record<string, readonly string[]>

export type ColorSet = keyof typeof colorSets

const byName = new Map(colors.map((color) => [color.name, color]))

/** The colours of a set, in its order. */
export function colorsOf(set: ColorSet): readonly Color[] {
  return colorSets[set].map((name) => byName.get(name)!)
}

/** The colour of that name; every item has the name of one. */
export function colorNamed(name: string): Color {
  return byName.get(name)!
}
