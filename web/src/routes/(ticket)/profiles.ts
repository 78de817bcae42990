import { unreachable, type TicketProcess } from '@muster/domain/shared';
import { DESK_PROFILE } from '#lib/desk/profile.ts';
import { INCIDENT_PROFILE } from '#lib/incident/profile.ts';
import type { TicketProfile } from '#lib/ticket/profile.ts';

/** What each process says of its tickets; the shared screens know none of them. */
export function profileOf(process: TicketProcess): TicketProfile {
  switch (process) {
    case 'desk':
      return DESK_PROFILE;
    case 'incident':
      return INCIDENT_PROFILE;
    default:
      return unreachable(process);
  }
}
