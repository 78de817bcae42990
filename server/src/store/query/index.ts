/** Lists, single records and search over `store.reader`; each shows an actor what they may read and nothing else. */
export { listChanges, readChange, searchChanges } from './changes.ts';
export type { ChangeFilter } from './changes.ts';
export { deploymentsMeasured, deploymentsOfMatrix, listDeployments } from './deployments.ts';
export { findByReference, listReleases, readReleaseRecord } from './releases.ts';
export type { ReleaseFilter } from './releases.ts';
export { listHelp, listKnownErrors, readKnownError, readKnownErrorVersions } from './known-errors.ts';
export type { KnownErrorFilter } from './known-errors.ts';
export { MAX_PAGE, isCursor } from './page.ts';
export type { Page } from './page.ts';
export { findRecord, listRecords, mayReadAsStaff, readRecord } from './records.ts';
export type { RecordFilter } from './records.ts';
export { listMeetings, readMeetingRecord } from './meetings.ts';
export { listMeasuredMajors } from './majors.ts';
export { findRejected, listRejected, removeRejected, sweepRejected } from './rejected.ts';
export type { RejectedPage } from './rejected.ts';
export { searchRecords } from './search.ts';
export type { SearchResult } from './search.ts';
