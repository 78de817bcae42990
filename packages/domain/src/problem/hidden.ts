/** A problem as it is shown where not everybody may know of an incident: that there is one, and not which. */
import type { Recorded, RecordId } from '../shared/index.ts';
import type { ProblemEvent } from './acts.ts';
import type { Problem, ToldWorkaround } from './problem.ts';

/** Whether an incident is one that not everybody may know of to whom something is shown. */
type IsHidden = (incident: RecordId) => boolean;

/** [PRB-12] The problem itself where it names none of them. */
export function problemWithoutHidden(problem: Problem, isHidden: IsHidden): Problem {
  const { incidents, origin, told } = problem;
  const named = [...incidents, origin.incident, ...(told?.incidents ?? []), ...(told?.callers ?? [])];
  if (named.every((incident) => incident === null || !isHidden(incident))) return problem;
  const blank = blankWith(isHidden);
  return {
    ...problem,
    incidents: incidents.map(blank),
    origin: { ...origin, incident: blank(origin.incident) },
    told: told === null ? null : { ...told, ...toldTo(told, blank) },
  };
}

/** [PRB-12] Histories of anything: what problems alone say of incidents is looked at. */
export function problemEventsWithoutHidden<Event extends { readonly type: string }>(
  recorded: readonly Recorded<Event>[],
  isHidden: IsHidden,
): readonly Recorded<Event>[] {
  return recorded.map((each) => {
    const event = each.event as unknown as ProblemEvent;
    const shown = unnamed(event, blankWith(isHidden));
    return shown === event ? each : { ...each, event: shown as unknown as Event };
  });
}

function unnamed(event: ProblemEvent, blank: ReturnType<typeof blankWith>): ProblemEvent {
  switch (event.type) {
    case 'problem-opened': {
      const { origin, incidents } = event;
      const from = { ...origin, incident: blank(origin.incident) };
      return { ...event, origin: from, incidents: incidents.map(blank) };
    }
    case 'incident-linked':
    case 'incident-unlinked':
      return { ...event, incident: blank(event.incident) };
    case 'duplicate-taken-in':
      return { ...event, incidents: event.incidents.map(blank) };
    case 'workaround-communicated':
      return { ...event, ...toldTo(event, blank) };
    case 'problem-stepped':
      return event.incidents === undefined ? event : { ...event, incidents: event.incidents.map(blank) };
    default:
      return event;
  }
}

/** Who was told, as it is shown. */
function toldTo(
  { incidents, callers }: Pick<ToldWorkaround, 'incidents' | 'callers'>,
  blank: ReturnType<typeof blankWith>,
): Pick<ToldWorkaround, 'incidents' | 'callers'> {
  return { incidents: incidents.map(blank), ...(callers !== undefined && { callers: callers.map(blank) }) };
}

function blankWith(isHidden: IsHidden): (incident: RecordId | null) => RecordId | null {
  return (incident) => (incident !== null && isHidden(incident) ? null : incident);
}

/** The incidents that these events name. */
export function incidentsIn(events: readonly ProblemEvent[]): readonly RecordId[] {
  const named = new Set<RecordId>();
  const note = (incident: RecordId | null): null => {
    if (incident !== null) named.add(incident);
    return null;
  };
  for (const event of events) unnamed(event, note);
  return [...named];
}
