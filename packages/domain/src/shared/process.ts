/** The six processes: the same six words in every folder, route, document name and rule id. */
export const PROCESSES = ['desk', 'incident', 'problem', 'change', 'configuration', 'release'] as const;

export type Process = (typeof PROCESSES)[number];

/** The processes whose records are tickets on a shared queue today. */
export const TICKET_PROCESSES = ['desk', 'incident'] as const satisfies readonly Process[];

export type TicketProcess = (typeof TICKET_PROCESSES)[number];

export function isTicketProcess(value: string): value is TicketProcess {
  return (TICKET_PROCESSES as readonly string[]).includes(value);
}
