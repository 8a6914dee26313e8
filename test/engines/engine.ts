/** A browser of some engine, driven from outside. */
export interface Engine {
  /** Name and version, as the browser tells them. */
  readonly version: string
  /** A new tab of the one shopper. */
  tab(): Promise<EngineTab>
  close(): Promise<void>
}

export interface EngineTab {
  /** Resolves when the page has loaded. */
  goto(address: string): Promise<void>
  reload(): Promise<void>
  /** Runs a function in the page, which sees its arguments alone; both ways as JSON. What it throws is thrown here. */
  evaluate<Args extends readonly unknown[], T>(run: (...args: Args) => T | Promise<T>, ...args: Args): Promise<T>
  close(): Promise<void>
}

export interface EngineOptions {
  /** Folder of a browser profile that outlives the browser. */
  readonly profile?: string
  /** Most KiB that all origins together may store. */
  readonly quota?: number
}
