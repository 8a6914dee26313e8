/** One row of an input file, its columns by name. */
export interface Row {
  /** 1-based: the line on which the row ends in a text file, the row's number in Parquet. */
  readonly line: number
  readonly values: Readonly<Record<string, unknown>>
}

/** An input file as a stream of rows. */
export interface RowReader {
  /** Names of the columns. JSON lines may bring new ones with every batch; then the set grows. */
  readonly columns: ReadonlySet<string>
  readonly batches: AsyncIterable<readonly Row[]>
}
