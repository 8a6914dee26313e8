/** What a Content Security Policy has forbidden in this page. */
export interface Violation {
  readonly directive: string
  readonly blocked: string
}

/** Collects violations: those of before, where the browser has kept them, and those to come. */
export function watchViolations(): Violation[] {
  const found: Violation[] = []
  const add = (directive: unknown, blocked: unknown) => {
    const violation = { directive: String(directive), blocked: String(blocked) }
    const isNew = !found.some((one) => one.directive === violation.directive && one.blocked === violation.blocked)
    if (isNew && found.length < 100) found.push(violation)
  }
  document.addEventListener('securitypolicyviolation', (event) => add(event.effectiveDirective, event.blockedURI))
  const { ReportingObserver } = globalThis as { ReportingObserver?: new (tell: Tell, options: object) => Observer }
  if (ReportingObserver) {
    const tell: Tell = (reports) => {
      for (const { body } of reports) add(body?.['effectiveDirective'], body?.['blockedURL'])
    }
    new ReportingObserver(tell, { types: ['csp-violation'], buffered: true }).observe()
  }
  return found
}

type Tell = (reports: readonly { readonly body?: Readonly<Record<string, unknown>> | null }[]) => void
interface Observer {
  observe(): void
}
