/** Subresource Integrity of built files, `sha256-...`; empty while sources are served. Set by the build. */
declare const __WORKER_INTEGRITY__: string
declare const __SCORERS_INTEGRITY__: string
declare const __EXTRAS_INTEGRITY__: string
declare const __PROFILE_INTEGRITY__: string
declare const __MODELS_INTEGRITY__: string
declare const __TENSORFLOW_INTEGRITY__: string
declare const __LATE_INTEGRITY__: string
/** Whether this is the script of a tag, which is always told where its files are. */
declare const __TAG__: boolean
