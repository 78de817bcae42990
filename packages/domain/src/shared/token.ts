import type { RecordId } from './ids.ts';
import type { RecordProcess } from './process.ts';

/** How the numbers of a process begin: `INC-2026-00042`. */
export const NUMBER_PREFIX = {
  desk: 'REQ',
  incident: 'INC',
  change: 'CHG',
  release: 'REL',
  configuration: 'CI',
  problem: 'PRB',
} as const satisfies Record<RecordProcess, string>;

export type NumberPrefix = (typeof NUMBER_PREFIX)[RecordProcess];

/** The name of a record until it has a number, and an alias for ever: `INC-~7F3K` (A0.2). */
export function tokenOf(process: RecordProcess, id: RecordId): string {
  return `${NUMBER_PREFIX[process]}-~${id.slice(-4)}`;
}
