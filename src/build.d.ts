/** Subresource Integrity of built files, `sha256-...`; empty while sources are served. Set by the build. */
declare const __WORKER_INTEGRITY__: string
declare const __SCORERS_INTEGRITY__: string
declare const __EXTRAS_INTEGRITY__: string
declare const __MODELS_INTEGRITY__: string
declare const __TENSORFLOW_INTEGRITY__: string
