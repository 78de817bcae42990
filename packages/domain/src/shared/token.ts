import type { RecordId } from './ids.ts';
import type { TicketProcess } from './process.ts';

/** How the numbers of a process begin: `INC-2026-00042`. */
export const NUMBER_PREFIX = { desk: 'REQ', incident: 'INC' } as const satisfies Record<
  TicketProcess,
  string
>;

export type NumberPrefix = (typeof NUMBER_PREFIX)[TicketProcess];

/** The name of a record until it has a number, and an alias for ever: `INC-~7F3K` (A0.2). */
export function tokenOf(process: TicketProcess, id: RecordId): string {
  return `${NUMBER_PREFIX[process]}-~${id.slice(-4)}`;
}
