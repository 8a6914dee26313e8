/** What an encoder is asked: the last events of a session whose items the bundle knows, most recent first. */
export interface EncoderInput {
  /** Number of events, 1 to the encoder's `length`. */
  readonly events: number
  /** The items' collaborative rows as the bundle holds them, events x dims, row-major. */
  readonly rows: Float32Array
  /** Buckets of the events' features, events x `featureNames.length`, row-major. */
  readonly features: Int32Array
}

/** Says how much each event of a session counts; the session vector is the sum of its items' rows weighed by that. */
export interface Encoder {
  /** Events that it looks at, most recent ones. */
  readonly length: number
  /**
   * One number an event, finite; what is asked twice is answered alike to the bit. Rejects or throws with `model-wrong` where the
   * model does not keep to its contract.
   */
  attend(input: EncoderInput): Float32Array | Promise<Float32Array>
  close(): void
}

/** The parameters of our own encoder; `dims` are those of the collaborative segment. */
export interface EncoderWeights {
  /** dims x dims, row-major: of an event's own row, and of the last event's. */
  readonly own: Float32Array
  readonly last: Float32Array
  /** `featureRows(length)` x dims. */
  readonly features: Float32Array
  /** dims. */
  readonly attention: Float32Array
}
