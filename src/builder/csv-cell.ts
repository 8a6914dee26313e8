/** Spreadsheets take what begins with one of these for a formula; behind an apostrophe it is text (OWASP, "CSV Injection"). */
const formula = /^[=+\-@\t\r]/

/** Somebody's text as a cell of a CSV file (RFC 4180). */
export function csvCell(value: string): string {
  const shown = formula.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(shown) ? `"${shown.replaceAll('"', '""')}"` : shown
}
