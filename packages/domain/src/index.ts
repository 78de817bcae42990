/** What Muster's records mean: pure rules, without clock, network or storage. */
import { DESK_LIFECYCLE } from './desk/index.ts';
import { INCIDENT_LIFECYCLE } from './incident/index.ts';
import { unreachable } from './shared/index.ts';
import type { Lifecycle, TicketProcess } from './shared/index.ts';

/** The states of a process and the ways between them. */
export function lifecycleOf(process: TicketProcess): Lifecycle {
  switch (process) {
    case 'desk':
      return DESK_LIFECYCLE;
    case 'incident':
      return INCIDENT_LIFECYCLE;
    default:
      return unreachable(process);
  }
}
