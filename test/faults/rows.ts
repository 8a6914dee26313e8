import { badEvents } from './bad-events.ts'
import { badManifests } from './bad-manifests.ts'
import { badTables } from './bad-tables.ts'
import { clockJumps } from './clock-jumps.ts'
import { cutDownload } from './cut-download.ts'
import { failOperation } from './fail-operation.ts'
import type { FaultRow } from './fault-row.ts'
import { gpuLost } from './gpu-lost.ts'
import { hostileTitles } from './hostile-titles.ts'
import { killBrowser } from './kill-browser.ts'
import { missingApis } from './missing-apis.ts'
import { noConsent } from './no-consent.ts'
import { offline } from './offline.ts'
import { otherTab } from './other-tab.ts'
import { plantedMarks } from './planted-marks.ts'
import { mixedBundles } from './mixed-bundles.ts'
import { contentPolicies } from './policies.ts'
import { plantedCustomers } from './planted-customers.ts'
import { prototypePaths } from './prototype-paths.ts'
import { quota } from './quota.ts'
import { repeatedItem } from './repeats.ts'
import { retention } from './retention.ts'
import { silentJourney } from './silent-journey.ts'
import { storageWiped } from './storage-wiped.ts'
import { twoShoppers } from './two-shoppers.ts'
import { wipeWhileOpen } from './wipe-while-open.ts'
import { workerLost } from './worker-lost.ts'

/** Every line of the plan's tables of faults, bad input and privacy. */
export const faultRows: readonly FaultRow[] = [
  killBrowser,
  failOperation,
  quota,
  wipeWhileOpen,
  otherTab,
  workerLost,
  gpuLost,
  cutDownload,
  mixedBundles,
  offline,
  clockJumps,
  storageWiped,
  missingApis,
  badEvents,
  prototypePaths,
  plantedCustomers,
  hostileTitles,
  badManifests,
  badTables,
  repeatedItem,
  silentJourney,
  twoShoppers,
  plantedMarks,
  contentPolicies,
  noConsent,
  retention,
]
