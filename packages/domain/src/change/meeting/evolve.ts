import { personId, recordId } from '../../shared/index.ts';
import type { Instant, PersonId, RecordId, Recorded } from '../../shared/index.ts';
import type { MeetingEvent } from './acts.ts';
import type { AgendaItem, Meeting } from './meeting.ts';

type At = Pick<Recorded<MeetingEvent>, 'actor' | 'at'>;

/** The meeting after an event. Total: an event of a later version only counts. */
export function evolveMeeting(
  state: Meeting | null,
  event: MeetingEvent,
  { actor, at }: At,
  target: RecordId,
): Meeting {
  const before = state ?? blank(target);
  const next: Meeting = { ...before, version: before.version + 1, updatedAt: at };
  switch (event.type) {
    case 'planned': {
      const { board, beginsAt, endsAt, adHoc, itemMinutes, invited } = event;
      return { ...next, board, beginsAt, endsAt, adHoc, itemMinutes, invited, plannedBy: actor };
    }
    case 'called-off':
      return { ...next, state: 'called_off', reason: event.reason };
    case 'opened':
      return present(
        {
          ...next,
          state: 'live',
          chair: actor,
          openedAt: at,
          invited: event.invited ?? before.invited,
          agenda: event.agenda.map((item) => ({ addedBy: null, ...item, stretches: [], decision: null })),
        },
        actor,
        at,
      );
    case 'joined':
      return event.continues === true ? backAgain(next, actor) : present(next, actor, at);
    case 'left':
      return { ...next, attendance: before.attendance.map((each) => left(each, actor, at)) };
    case 'item-added':
      return { ...next, agenda: [...before.agenda, added(event.change, actor)] };
    case 'item-dropped':
      return { ...next, agenda: before.agenda.filter(({ change }) => change !== event.change) };
    case 'item-placed':
      return { ...next, agenda: placed(before.agenda, event.change, event.before) };
    case 'item-shown':
      return shown(next, event.change, at);
    case 'item-decided': {
      const { type, change, named, ...noted } = event;
      void type;
      const ends = before.current === change ? shown(next, null, at) : next;
      const decision = { ...noted, by: actor, at };
      return {
        ...ends,
        agenda: ends.agenda.map((item) =>
          item.change === change ? { ...item, decision, ...(named !== undefined && { named }) } : item,
        ),
      };
    }
    case 'chair-given':
      return event.continues === true
        ? { ...backAgain(next, event.to), chair: event.to }
        : present({ ...next, chair: event.to }, event.to, at);
    case 'closed': {
      const ended = shown(next, null, at);
      const attendance = before.attendance.map((each) => ({ ...each, to: each.to ?? at }));
      const { named = [], heldAs } = event;
      return {
        ...{ ...ended, attendance, state: 'closed', closedAt: at },
        agenda: ended.agenda.map((item) => namedIn(named, item)),
        // absent where it is not known: what is kept is compared as it stands
        ...(heldAs !== undefined && { heldAs }),
      };
    }
    default:
      return later(next, event);
  }
}

function later(meeting: Meeting, event: never): Meeting {
  void event;
  return meeting;
}

/** Somebody is there, and stays as they came when they are already. */
function present(meeting: Meeting, person: PersonId, at: Instant): Meeting {
  const { attendance } = meeting;
  if (attendance.some((each) => each.person === person && each.to === null)) return meeting;
  return { ...meeting, attendance: [...attendance, { person, from: at, to: null }] };
}

/** Somebody left only just before, and counts as there all the while. */
function backAgain(meeting: Meeting, person: PersonId): Meeting {
  const last = meeting.attendance.findLastIndex((each) => each.person === person);
  const attendance = meeting.attendance.map((each, index) => (index === last ? { ...each, to: null } : each));
  return { ...meeting, attendance };
}

function left(each: Meeting['attendance'][number], person: PersonId, at: Instant): typeof each {
  return each.person === person && each.to === null ? { ...each, to: at } : each;
}

function namedIn(
  named: NonNullable<Extract<MeetingEvent, { readonly type: 'closed' }>['named']>,
  item: AgendaItem,
): AgendaItem {
  const found = named.find(({ change }) => change === item.change);
  return found === undefined ? item : { ...item, named: { title: found.title, number: found.number } };
}

function added(change: RecordId, addedBy: PersonId): AgendaItem {
  return { change, takenOver: false, addedBy, stretches: [], decision: null };
}

function placed(
  agenda: readonly AgendaItem[],
  change: RecordId,
  before: RecordId | null,
): readonly AgendaItem[] {
  const moved = agenda.filter((item) => item.change === change);
  const rest = agenda.filter((item) => item.change !== change);
  const at = before === null ? -1 : rest.findIndex((item) => item.change === before);
  return at < 0 ? [...rest, ...moved] : [...rest.slice(0, at), ...moved, ...rest.slice(at)];
}

/** Ends the time of the item that was shown, and begins that of the one that is. */
function shown(meeting: Meeting, change: RecordId | null, at: Instant): Meeting {
  const agenda = meeting.agenda.map((item) => {
    const ended = item.stretches.map((each) => (each.to === null ? { ...each, to: at } : each));
    const stretches = item.change === change ? [...ended, { from: at, to: null }] : ended;
    return { ...item, stretches };
  });
  return { ...meeting, agenda, current: change };
}

function blank(id: RecordId): Meeting {
  return {
    id,
    version: 0,
    board: recordId(''),
    state: 'planned',
    beginsAt: 0,
    endsAt: 0,
    adHoc: false,
    itemMinutes: 10,
    invited: [],
    plannedBy: personId(''),
    chair: null,
    agenda: [],
    current: null,
    attendance: [],
    openedAt: null,
    closedAt: null,
    reason: null,
    updatedAt: 0,
  };
}
