import { ticketDecider } from '../shared/ticket/decider.ts';
import type { TicketDecider } from '../shared/ticket/decider.ts';
import { INCIDENT_LIFECYCLE } from './lifecycle.ts';
import { MAJOR_OVERLAY } from './major/overlay.ts';

/** Decides and folds incidents, major ones too. Rules: RULES.md. */
export const incident: TicketDecider = ticketDecider(INCIDENT_LIFECYCLE, MAJOR_OVERLAY);
