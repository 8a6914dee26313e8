// Characters that reorder or hide the text around them; C0 and C1 controls.
// eslint-disable-next-line no-control-regex
const unwanted = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]+/g

/** The shop's text as one harmless line: no control and no direction characters, 300 UTF-16 units at most. */
export function plainText(text: string): string {
  return text.replace(unwanted, ' ').slice(0, 300).trim()
}
