import type { Component } from 'svelte';
import type { Ticket, TicketProcess } from '@muster/domain/shared';

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
}
