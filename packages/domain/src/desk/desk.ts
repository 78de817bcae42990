import { ticketDecider } from '../shared/ticket/decider.ts';
import type { TicketDecider } from '../shared/ticket/decider.ts';
import { DESK_LIFECYCLE } from './lifecycle.ts';

/** Decides and folds requests of the service desk. Rules: RULES.md. */
export const desk: TicketDecider = ticketDecider(DESK_LIFECYCLE);
