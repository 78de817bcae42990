import { ticketDecider } from '../shared/ticket/decider.ts';
import type { TicketDecider } from '../shared/ticket/decider.ts';
import { INCIDENT_LIFECYCLE } from './lifecycle.ts';

/** Decides and folds incidents. Rules: RULES.md. */
export const incident: TicketDecider = ticketDecider(INCIDENT_LIFECYCLE);
