/** What Muster's records mean: pure rules, without clock, network or storage. */
import { DESK_LIFECYCLE, desk } from './desk/index.ts';
import { INCIDENT_LIFECYCLE, incident } from './incident/index.ts';
import { unreachable } from './shared/index.ts';
import type { Lifecycle, TicketDecider, TicketProcess } from './shared/index.ts';

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

/** The rules of a process: the same code decides on the server and predicts in the browser. */
export function deciderOf(process: TicketProcess): TicketDecider {
  switch (process) {
    case 'desk':
      return desk;
    case 'incident':
      return incident;
    default:
      return unreachable(process);
  }
}
