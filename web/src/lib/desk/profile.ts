import Inbox from 'lucide-svelte/icons/inbox';
import type { Ticket } from '@muster/domain/shared';
import type { TicketProfile } from '#lib/ticket/profile.ts';
import { CALL_PANEL } from '#lib/ticket/call/panel.ts';
import { TOLD_PANEL } from '#lib/ticket/told/panel.ts';

/** What the service desk says of its requests. */
export const DESK_PROFILE: TicketProfile = {
  process: 'desk',
  noun: 'request',
  plural: 'requests',
  icon: Inbox,
  newLabel: 'New request',
  newHref: '/new?process=desk',
  panels: [CALL_PANEL, TOLD_PANEL],
  advice: deskAdvice,
};

/** What a request waits for, where the screen alone does not say it. */
function deskAdvice(ticket: Ticket): string | null {
  switch (ticket.state) {
    case 'new':
      return ticket.service === null ? 'Choose a service, then this can be triaged.' : 'Ready to be triaged.';
    case 'triaged':
    case 'approved':
      return ticket.team === null ? 'Choose a team, then this can be handed to it.' : null;
    case 'awaiting_approval':
      return 'Waiting for approval. Whoever asked for this cannot approve it.';
    case 'rejected':
      return 'Rejected. The requester can change it and send it in again, or it is cancelled.';
    case 'on_hold':
      return ticket.holdReason === 'caller'
        ? 'Waiting for the caller: their reply sets this going again.'
        : null;
    default:
      return ticket.kind === 'complaint' && ticket.firstResponseAt === null
        ? 'A complaint: the first public reply acknowledges it.'
        : null;
  }
}
