import { DESK_LIFECYCLE } from '../desk/index.ts';
import { INCIDENT_LIFECYCLE } from '../incident/index.ts';
import { SYSTEM, isRestricted, restrictionOf, sameRestriction } from '../shared/index.ts';
import type { Recorded, RecordId, Ticket, TicketAct, TicketEvent } from '../shared/index.ts';
import type { Reaction } from './reaction.ts';

type Transitioned = Extract<TicketEvent, { type: 'transitioned' }>;

const LIFECYCLES = { desk: DESK_LIFECYCLE, incident: INCIDENT_LIFECYCLE } as const;

/**
 * What a step of a parent means for its children (A1 row 7). A child that stands there already, has ended or has no
 * such step from where it stands is left alone: so nothing goes round, however records are linked.
 */
export function parentAndChild(
  { event, actor, version }: Recorded<TicketEvent>,
  ticket: Ticket,
  related: ReadonlyMap<RecordId, Ticket>,
): readonly Reaction[] {
  if (event.type !== 'transitioned') return [];
  const byCaller = actor === ticket.requester && actor !== SYSTEM;
  return childrenOf(ticket).flatMap((id): readonly Reaction[] => {
    const child = related.get(id);
    if (child === undefined || tellsOthers(ticket, child)) return [];
    const act = actFor(child, event, byCaller);
    if (act === null) return [];
    return [{ process: child.process, target: id, part: `child:${id}:${version}`, act }];
  });
}

/** What the few who may read a parent wrote is not for whoever may read its child. */
function tellsOthers(parent: Ticket, child: Ticket): boolean {
  return isRestricted(parent) && !sameRestriction(restrictionOf(parent), restrictionOf(child));
}

export function childrenOf({ links }: Pick<Ticket, 'links'>): readonly RecordId[] {
  return links.filter(({ kind }) => kind === 'child').map(({ target }) => target);
}

function actFor(child: Ticket, event: Transitioned, byCaller: boolean): TicketAct | null {
  const { to } = event;
  const { transitions } = LIFECYCLES[child.process];
  if (!transitions.some((step) => step.from === child.state && step.to === to)) return null;
  switch (to) {
    case 'in_progress':
      return resume(child, event, byCaller);
    case 'on_hold':
      if (event.holdReason === null || event.holdReason === 'caller') return null;
      return { verb: 'transition', to, holdReason: event.holdReason, reason: event.reason ?? '' };
    case 'resolved':
      if (event.resolution === null) return null;
      return { verb: 'transition', to, ...event.resolution };
    default:
      return null;
  }
}

/** A child that waits for its own caller goes on waiting; a reopening by the caller concerns their record alone. */
function resume(child: Ticket, event: Transitioned, byCaller: boolean): TicketAct | null {
  if (child.state === 'resolved') {
    if (event.from !== 'resolved' || byCaller) return null;
    return { verb: 'transition', to: 'in_progress', reason: event.reason ?? '' };
  }
  if (child.state === 'on_hold' && child.holdReason === 'caller') return null;
  return { verb: 'transition', to: 'in_progress' };
}
