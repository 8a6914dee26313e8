// Prints "PASSED FAILED" from Vitest's JSON report. A skipped test, a suite that failed to load and an empty run fail.
import { readFileSync } from 'node:fs'

const report = JSON.parse(readFileSync(process.argv[2], 'utf8'))
const broken = report.testResults.filter(
  ({ status, assertionResults }) => status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
)
const idle = (suite) => suite.assertionResults.filter(({ status }) => status !== 'passed' && status !== 'failed').length
const left = report.testResults.reduce((sum, suite) => sum + (broken.includes(suite) ? 0 : idle(suite)), 0)
for (const { name, message } of broken) console.error(`${name}: ${message}`)
if (left) console.error(`${left} tests did not run`)
if (!report.numTotalTests) console.error('no test ran')
console.log(`${report.numPassedTests} ${report.numFailedTests + broken.length + left + (report.numTotalTests ? 0 : 1)}`)
