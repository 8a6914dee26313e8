/** Subresource Integrity of built files, `sha384-...`; empty while sources are served. Set by the build. */
declare const __WORKER_INTEGRITY__: string
declare const __SCORERS_INTEGRITY__: string
