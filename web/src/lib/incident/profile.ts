import Flame from 'lucide-svelte/icons/flame';
import { isMajor } from '@muster/domain/shared';
import type { Ticket } from '@muster/domain/shared';
import type { TicketProfile } from '#lib/ticket/profile.ts';
import { CALL_PANEL } from '#lib/ticket/call/panel.ts';
import { TOLD_PANEL } from '#lib/ticket/told/panel.ts';

/** What incident management says of its records. */
export const INCIDENT_PROFILE: TicketProfile = {
  process: 'incident',
  noun: 'incident',
  plural: 'incidents',
  icon: Flame,
  newLabel: 'Declare incident',
  newHref: '/new?process=incident',
  advice: incidentAdvice,
  panels: [
    {
      id: 'major',
      place: 'head',
      shows: () => true,
      load: () => import('./major/MajorPanel.svelte'),
    },
    CALL_PANEL,
    {
      id: 'alerts',
      place: 'main',
      shows: ({ ticket, events, isStaff }) =>
        isStaff && (ticket.channel === 'alert' || events.some(({ event }) => event.type === 'alerts-noted')),
      load: () => import('./alerts/AlertsPanel.svelte'),
    },
    TOLD_PANEL,
    {
      id: 'review',
      place: 'main',
      // once the response is over; one that goes on again keeps what was begun
      shows: ({ ticket: { major, state }, isStaff }) =>
        isStaff &&
        (major?.state === 'accepted' || major?.state === 'closed') &&
        (major.review !== null || state === 'resolved'),
      load: () => import('./review/ReviewPanel.svelte'),
    },
    {
      id: 'changes',
      place: 'main',
      shows: ({ ticket, isStaff }) => isStaff && isMajor(ticket) && ticket.state !== 'resolved',
      load: () => import('./changes/ChangesPanel.svelte'),
    },
    {
      id: 'timeline',
      place: 'main',
      shows: ({ isStaff }) => isStaff,
      load: () => import('./timeline/TimelinePanel.svelte'),
    },
  ],
};

/** What an incident waits for, where the screen alone does not say it. */
function incidentAdvice(ticket: Ticket): string | null {
  if (ticket.state === 'new' && ticket.owner === null)
    return 'Nobody works on this yet. Starting work takes it on.';
  if (ticket.state === 'on_hold' && ticket.holdReason === 'caller') {
    return 'Waiting for the caller: their reply sets this going again.';
  }
  if (isMajor(ticket)) return null;
  if (ticket.state === 'resolved')
    return 'Resolved. A reply of the requester can reopen it; otherwise it closes by itself.';
  return null;
}
