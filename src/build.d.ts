/** Subresource Integrity of the built worker, `sha384-...`; empty while sources are served. Set by the build. */
declare const __WORKER_INTEGRITY__: string
