import type { RecordId, TicketAct, TicketProcess } from '../shared/index.ts';

/** A command that an event calls for, run by the system with an id derived from the event's and `part`. */
export interface Reaction {
  readonly process: TicketProcess;
  /** `new` stands for a record still to be made; commands with the same event and `new` mean the same record. */
  readonly target: RecordId | 'new';
  readonly part: string;
  readonly act: TicketAct;
}
