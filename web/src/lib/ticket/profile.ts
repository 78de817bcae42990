import type { Component } from 'svelte';
import type { Recorded, Ticket, TicketEvent, TicketProcess } from '@muster/domain/shared';
import type { TicketRow } from '#lib/live/muster.ts';

/** What a process's panel on the record is given. */
export interface RecordPanelProps {
  row: TicketRow;
  history: { readonly events: readonly Recorded<TicketEvent>[] };
  canWork: boolean;
}

/**
 * What a process says of its own tickets. The shared screens take it from the page that composes
 * them, so that no process knows another.
 */
export interface TicketProfile {
  readonly process: TicketProcess;
  /** One of them, in a sentence: `request`. */
  readonly noun: string;
  readonly plural: string;
  readonly icon: Component;
  /** What the button that makes one says. */
  readonly newLabel: string;
  readonly newHref: string;
  /** What would help this record on its way now, in one sentence; null when nothing is to be said. */
  readonly advice: (ticket: Ticket) => string | null;
  /** What the process shows of a record beside what all have; loaded when a record asks for it. */
  readonly panel?: {
    readonly shows: (ticket: Ticket, events: readonly Recorded<TicketEvent>[]) => boolean;
    readonly load: () => Promise<{ readonly default: Component<RecordPanelProps> }>;
  };
}
