/**
 * What follows for the incidents of a problem (A3 rows 4 and 5): a workaround and an accepted risk are told them, the
 * workaround of a known error their callers too, and nobody is called on for it any more; a fix resolves those that wait. An incident that has gone on meanwhile is left alone, so that a rerun changes nothing.
 */
import { isOverProblem, namedIncidents } from '../problem/index.ts';
import type { Problem, ProblemEvent, ProblemNews } from '../problem/index.ts';
import { RESOLVED_BY_PROBLEM, SYSTEM, isCalling, tokenOf } from '../shared/index.ts';
import type { Recorded, RecordId, Tell, Ticket } from '../shared/index.ts';

/** A command that an event of a problem calls for, run by the system with an id derived from the event's and `part`. */
export interface ProblemFollowUp {
  readonly type: string;
  readonly target: RecordId;
  readonly part: string;
  readonly args: object;
  /** Who works on the incident, and what they are told of it. */
  readonly tell: readonly Tell[];
}

const OPEN: ReadonlySet<string> = new Set(['new', 'in_progress', 'on_hold']);

/**
 * @param problem After the event
 * @param incidents Those of the event and those that are linked, as they are now
 */
export function afterProblem(
  { event, actor, at }: Recorded<ProblemEvent>,
  problem: Problem,
  incidents: ReadonlyMap<RecordId, Ticket>,
): readonly ProblemFollowUp[] {
  const name = problem.number ?? tokenOf('problem', problem.id);
  const detail = { problem: problem.id, name, title: problem.title, by: actor, at };
  const open = (ids: readonly (RecordId | null)[]): readonly Ticket[] =>
    ids.flatMap((id) => {
      const incident = id === null ? undefined : incidents.get(id);
      return incident !== undefined && OPEN.has(incident.state) ? [incident] : [];
    });
  const tell = (what: ProblemNews, incident: Ticket): readonly Tell[] =>
    incident.owner === null || incident.owner === actor
      ? []
      : [{ person: incident.owner, kind: 'problem-item', detail: { what, ...detail } }];
  const note = (what: ProblemNews, incident: Ticket, text: string): ProblemFollowUp => ({
    type: `${incident.process}.comment`,
    target: incident.id,
    part: `note:${incident.id}`,
    args: { text },
    tell: tell(what, incident),
  });
  switch (event.type) {
    case 'workaround-communicated':
      return [
        ...open(event.incidents).map((incident) =>
          note('workaround', incident, `${name} has a workaround: ${event.text}`),
        ),
        ...open(event.callers ?? []).flatMap((incident) => toCaller(incident, event.text)),
        ...open(event.incidents).flatMap((incident) => stopCalls(incident, `${name} has a workaround.`)),
      ];
    case 'problem-stepped':
      break;
    default:
      return [];
  }
  const linked = open(namedIncidents(problem));
  if (event.to === 'risk_accepted')
    return linked.map((incident) =>
      note(
        'risk',
        incident,
        `${name} will not be fixed for now: its risk is accepted. ${sentence(event.reason)}`,
      ),
    );
  if (event.to === 'cancelled')
    return linked.map((incident) => {
      const left = waits(incident) ? ' It is still on hold for a problem.' : '';
      return note('ended', incident, `${name} was cancelled. ${sentence(event.reason)}${left}`);
    });
  const isFixed = problem.resolution?.code === 'fix_applied';
  if (event.to === 'resolved' && !isFixed)
    return linked.map((incident) =>
      note('ended', incident, `${name} does not happen any more. ${sentence(event.reason)}`),
    );
  if (!isFixed || (event.to !== 'resolved' && !isOverProblem(problem))) return [];
  // whatever came to wait between the fix and the end of the problem is resolved with it
  return linked.filter(waits).map((incident) => ({
    type: `${incident.process}.transition`,
    target: incident.id,
    part: `resolve:${incident.id}`,
    args: { to: 'resolved', code: RESOLVED_BY_PROBLEM, notes: `${name} is fixed: ${problem.fix}` },
    tell: tell('fixed', incident),
  }));
}

/** What people write may end as it likes: what is said after it begins anew. */
function sentence(reason: string | null): string {
  const said = (reason ?? '').trimEnd();
  return said === '' || /[.!?…]["”’)]?$/.test(said) ? said : `${said}.`;
}

/** Whether an incident waits for its problem. */
function waits({ state, holdReason }: Ticket): boolean {
  return state === 'on_hold' && holdReason === 'problem';
}

/** Without the problem: callers may not know of it. What programs reported has nobody to read it. */
function toCaller({ process, id, requester }: Ticket, workaround: string): readonly ProblemFollowUp[] {
  if (requester === SYSTEM) return [];
  const text = `This is a known error. What helps until it is fixed: ${workaround}`;
  return [{ type: `${process}.reply`, target: id, part: `reply:${id}`, args: { text }, tell: [] }];
}

/** Nobody is called at night for what can be helped. */
function stopCalls({ process, id, calls }: Ticket, reason: string): readonly ProblemFollowUp[] {
  return calls.filter(isCalling).map(({ team }) => ({
    type: `${process}.stop-call`,
    target: id,
    part: `stop-call:${id}:${team ?? 'major'}`,
    args: { team, reason },
    tell: [],
  }));
}
