import type { Component } from 'svelte';
import type { RecordId, Recorded, Ticket, TicketEvent, TicketProcess } from '@muster/domain/shared';
import type { LiveHistory, TicketRow } from '#lib/live/muster.ts';

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
  /** Parts of the process's own on the record screen, in this order within their place. */
  readonly panels: readonly RecordPanel[];
}

/** A part of the record screen that one process alone has: loaded with the first record that shows it. */
export interface RecordPanel {
  readonly id: string;
  /** `head` stays in sight under the record's header, `main` stands above the history. */
  readonly place: 'head' | 'main';
  /** Whether this reader of the record gets it; `isStaff` of its process. */
  readonly shows: (about: PanelOccasion) => boolean;
  readonly load: () => Promise<{ default: Component<RecordPanelProps> }>;
}

export interface PanelOccasion {
  readonly ticket: Ticket;
  readonly events: readonly Recorded<TicketEvent>[];
  readonly isStaff: boolean;
}

export interface RecordPanelProps {
  readonly row: TicketRow;
  readonly history: LiveHistory;
  /** The reader is staff of this record's process and may change it. */
  readonly canWork: boolean;
  readonly onopen: (id: RecordId) => void;
  /** Says that this person writes there, or has stopped. */
  readonly onwriting: (writing: boolean) => void;
}
