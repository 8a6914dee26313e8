/**
 * The closed table of error codes. The table is a type, so it costs a page no bytes; what went wrong in particular is in
 * the error's details, which say where, what was expected and what was got.
 */
export interface ErrorTable {
  /** The event is not an object of a known kind with a usable item, query or order. */
  'event-malformed': never
  /** Another source has reported the same event. */
  duplicate: never
  /** The event would take more than 2 KiB in storage. */
  'event-too-large': never
  /** More events arrived than the queue holds. */
  overloaded: never
  /** The shopper has paused the recording of events. */
  paused: never
  /** The request for a shelf is malformed: unknown placement, limit out of range, ... */
  'request-malformed': never
  /** The instance was closed. */
  closed: never
  /** No answer by the deadline. */
  timeout: never
  /** The worker could not be started, or died. */
  'worker-failed': never
  /** A message asked the worker for something that is not on the list. */
  'call-refused': never

  /** Storage is denied: private mode, blocked site data, no consent. */
  'storage-denied': never
  /** The quota is used up. */
  'storage-full': never
  /** Another tab holds the database. */
  'storage-blocked': never
  /** Any other failure of IndexedDB or Cache Storage. */
  'storage-failed': never

  /** A file of the bundle could not be fetched: network error or HTTP status. */
  'bundle-unreachable': never
  /** A file is shorter or longer than the manifest says. */
  'bundle-length': never
  /** A file's SHA-256 is not the manifest's. */
  'bundle-hash': never
  /** A file breaks the format: schema, header, offsets, indices out of range. */
  'bundle-malformed': never
  /** The format version is not one that this build reads. */
  'bundle-version': never
  /** Sizes over the limits: refused before any allocation. */
  'bundle-limits': never
  /** An older build of the generation than the one that is kept. */
  'bundle-stale': never
  /** NaN, Infinity or denormal numbers in a table. */
  'bundle-numbers': never
  /** Rules break their schema or its limits. */
  'rules-malformed': never
  /** New stock or prices are not of the form that is expected. */
  'stock-malformed': never

  /** A model does not keep to the contract of its inputs and outputs, or not to its recorded answer. */
  'model-wrong': never

  /** The asked-for scorer does not exist here: no adapter, no WebAssembly. */
  'scorer-unavailable': never
  /** The scorer's known answer is wrong. */
  'scorer-wrong': never
  /** The GPU device was lost. */
  'device-lost': never

  /** An input file of the builder does not exist or cannot be read. */
  'input-missing': never
  /** An input file holds no rows. */
  'input-empty': never
  /** A needed column is not in the file. */
  'input-column': never
  /** A row is broken: wrong number of fields, unclosed quote, invalid JSON. */
  'input-row': never
  /** A time is not a date, or lies outside 1990 to 2100. */
  'input-time': never
  /** A value is not a number, or is out of range. */
  'input-number': never
  /** The file's format is unknown or broken: not CSV, JSON lines or Parquet, broken gzip. */
  'input-format': never
  /** A command-line option is wrong. */
  'option-invalid': never
  /** The output folder cannot be written. */
  'output-unwritable': never
}

export type ErrorCode = keyof ErrorTable

export interface ErrorDetails {
  /** The file, field or column concerned. */
  readonly where?: string
  /** 1-based line in a text file. */
  readonly line?: number
  /** Name of the column or field. */
  readonly column?: string
  readonly expected?: string | number
  readonly got?: string | number
}

/** Every error that Windowshop throws or returns. Programs read `code`; people read `message`. */
export class WindowshopError extends Error {
  override readonly name = 'WindowshopError'
  readonly code: ErrorCode
  readonly details: ErrorDetails

  constructor(code: ErrorCode, details: ErrorDetails = {}, options?: ErrorOptions) {
    super(describe(code, details), options)
    this.code = code
    this.details = details
  }
}

function describe(code: ErrorCode, { where, line, column, expected, got }: ErrorDetails): string {
  const place = [where, line && `line ${line}`, column && `column ${column}`].filter(Boolean).join(', ')
  const wanted = expected === undefined ? '' : `, expected ${expected}`
  const found = got === undefined ? '' : `, got ${got}`
  return `${code}${place && `: ${place}`}${wanted}${found}`
}

/** The code of any thrown value, `fallback` for one that is not ours. */
export function codeOf(error: unknown, fallback: ErrorCode): ErrorCode {
  // By name: a script that was loaded later has a class of its own.
  return error instanceof Error && error.name === 'WindowshopError' ? (error as WindowshopError).code : fallback
}
