/** The six processes: the same six words in every folder, route, document name and rule id. */
export const PROCESSES = ['desk', 'incident', 'problem', 'change', 'configuration', 'release'] as const;

export type Process = (typeof PROCESSES)[number];

/** The processes whose records are tickets on a shared queue today. */
export const TICKET_PROCESSES = ['desk', 'incident'] as const satisfies readonly Process[];

export type TicketProcess = (typeof TICKET_PROCESSES)[number];

/** The processes that keep records of their own today. The set grows at its end. */
export const RECORD_PROCESSES = [
  ...TICKET_PROCESSES,
  'change',
  'release',
  'configuration',
  'problem',
] as const satisfies readonly Process[];

export type RecordProcess = (typeof RECORD_PROCESSES)[number];

export function isRecordProcess(value: string): value is RecordProcess {
  return (RECORD_PROCESSES as readonly string[]).includes(value);
}

export function isTicketProcess(value: string): value is TicketProcess {
  return (TICKET_PROCESSES as readonly string[]).includes(value);
}
