/** What follows from what happens to a change, elsewhere: announcements go with its window, incidents hear of it. */
import type { Change, ChangeEvent } from '../change/index.ts';
import type { Announcement } from '../desk/index.ts';
import { tokenOf } from '../shared/index.ts';
import type { Recorded, RecordId, TicketProcess } from '../shared/index.ts';

/** A command that an event of a change calls for, run by the system with an id derived from the event's and `part`. */
export interface ChangeFollowUp {
  readonly type: string;
  readonly target: RecordId;
  readonly part: string;
  readonly args: object;
}

export interface AroundChange {
  /** Announcements that were made of it. */
  readonly announcements: readonly Announcement[];
  /** Processes of the incidents that it caused, as far as they are known. */
  readonly processes: ReadonlyMap<RecordId, TicketProcess>;
}

/** @param change After the event */
export function afterChange(
  { event }: Recorded<ChangeEvent>,
  change: Change,
  around: AroundChange,
): readonly ChangeFollowUp[] {
  const name = change.number ?? tokenOf('change', change.id);
  switch (event.type) {
    case 'edited':
      return event.fields.begins === undefined && event.fields.ends === undefined
        ? []
        : around.announcements.flatMap((each) => moved(each, change));
    case 'moved':
      return [
        ...around.announcements.flatMap((each) => stepped(each, change, event.to)),
        ...(event.result === 'failed' || event.result === 'backed_out' ? ended(change, name, around) : []),
      ];
    case 'incident-caused':
      return noteOn(event.incident, `${name} is named as what caused this.`, around);
    case 'incident-not-caused':
      return noteOn(event.incident, `${name} is not named any more as what caused this.`, around);
    default:
      return [];
  }
}

/** What people were told of has another window: it is postponed, which tells everybody, until it is scheduled again. */
function moved(announcement: Announcement, { begins, ends }: Change): readonly ChangeFollowUp[] {
  const { id, state, beginsAt, endsAt } = announcement;
  if (beginsAt === begins && endsAt === ends) return [];
  const fields = { beginsAt: begins, endsAt: ends };
  const edit: ChangeFollowUp = {
    type: 'announcement.edit',
    target: id,
    part: `window:${id}`,
    args: { fields },
  };
  if (state === 'draft' || state === 'postponed') return [edit];
  return state === 'scheduled' ? [step(id, 'postponed', 'The change behind it was moved.'), edit] : [];
}

function stepped(
  { id, state }: Announcement,
  _change: Change,
  to: Change['state'],
): readonly ChangeFollowUp[] {
  if (to === 'cancelled' && (state === 'draft' || state === 'scheduled' || state === 'postponed'))
    return [step(id, 'cancelled', 'The change behind it was called off.')];
  return to === 'scheduled' && state === 'postponed'
    ? [step(id, 'scheduled', 'The change behind it is approved again.')]
    : [];
}

function step(target: RecordId, to: Announcement['state'], message: string): ChangeFollowUp {
  return { type: 'announcement.step', target, part: `step:${target}`, args: { to, message } };
}

function ended({ caused, result }: Change, name: string, around: AroundChange): readonly ChangeFollowUp[] {
  const words = result === 'failed' ? 'failed' : 'was backed out';
  return caused.flatMap(({ incident }) => noteOn(incident, `${name}, which caused this, ${words}.`, around));
}

/** A note for the staff of the incident; one whose id is not known here hears nothing. */
function noteOn(
  target: RecordId | null,
  text: string,
  { processes }: AroundChange,
): readonly ChangeFollowUp[] {
  const process = target === null ? undefined : processes.get(target);
  return target === null || process === undefined
    ? []
    : [{ type: `${process}.comment`, target, part: `note:${target}`, args: { text } }];
}
