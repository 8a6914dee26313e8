// Prints "PASSED FAILED" from Vitest's JSON report. A skipped test, a suite that failed to load and an empty run fail.
import { readFileSync } from 'node:fs'

const report = JSON.parse(readFileSync(process.argv[2], 'utf8'))
const broken = report.testResults.filter(
  ({ status, assertionResults }) => status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
)
const left = report.numTotalTests - report.numPassedTests - report.numFailedTests
for (const { name, message } of broken) console.error(`${name}: ${message}`)
if (left) console.error(`${left} tests did not run`)
if (!report.numTotalTests) console.error('no test ran')
console.log(`${report.numPassedTests} ${report.numFailedTests + broken.length + left + (report.numTotalTests ? 0 : 1)}`)
