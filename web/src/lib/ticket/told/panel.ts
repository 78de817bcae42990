import type { RecordPanel } from '../profile.ts';

/** Whom a record's calls to work told: for staff, once there was a call. */
export const TOLD_PANEL: RecordPanel = {
  id: 'told',
  place: 'main',
  shows: ({ ticket, isStaff }) =>
    isStaff && (ticket.escalation !== null || ticket.major !== null || ticket.calls.length > 0),
  load: () => import('./ToldPanel.svelte'),
};
