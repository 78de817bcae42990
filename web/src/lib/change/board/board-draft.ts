/** A change board as its form holds it. */
import { DEFAULT_AGENDA, mergedPeople } from '@muster/domain/change';
import type { BoardFields, ChangeState, MeetingBoard, RiskLevel } from '@muster/domain/change';
import { faultOfRecurrence, permissionsOf, personId, saysSame } from '@muster/domain/shared';
import type { Directory, RecordId } from '@muster/domain/shared';
import { recurrenceDraftOf, recurrenceOf } from '../recurrence/recurrence-draft.ts';
import type { RecurrenceDraft } from '../recurrence/recurrence-draft.ts';
import { movedBy, wallOf } from '../calendar/wall-clock.ts';

export interface BoardDraft extends RecurrenceDraft {
  readonly id: RecordId;
  readonly name: string;
  readonly zone: string;
  readonly itemMinutes: string;
  readonly chairs: readonly string[];
  readonly members: readonly string[];
  readonly states: readonly string[];
  /** Empty for any. */
  readonly risk: RiskLevel | '';
  readonly models: readonly string[];
  readonly policies: readonly string[];
  /** The rest of the condition: kept as it is, for it is not set here. */
  readonly others: BoardFields['agenda']['when'];
}

/** An hour at ten, a week from today and each week from then on. */
export function newBoardDraft(id: RecordId, now: number, zone: string, chair: string): BoardDraft {
  const day = wallOf(movedBy(now, { days: 7 }, zone), zone).slice(0, 10);
  const when = { begins: `${day}T10:00`, ends: `${day}T11:00`, repeats: 'week', every: '1' } as const;
  return {
    ...{ id, name: '', zone, itemMinutes: '10', chairs: [chair], members: [] },
    ...{ ...when, weekdays: [], until: '' },
    ...{ states: DEFAULT_AGENDA.states, risk: '', models: [], policies: [], others: {} },
  };
}

export function boardDraftOf({
  id,
  name,
  when,
  itemMinutes,
  chairs,
  members,
  agenda,
}: MeetingBoard): BoardDraft {
  const { models = [], risk = '', ...others } = agenda.when;
  return {
    ...{ id, name, zone: when.zone ?? 'UTC', itemMinutes: String(itemMinutes), chairs, members },
    ...recurrenceDraftOf(when),
    ...{ states: agenda.states, risk, models, policies: agenda.policies, others },
  };
}

export function boardOf(draft: BoardDraft): BoardFields {
  const { name, zone, itemMinutes, chairs, members, states, risk, models, policies, others } = draft;
  return {
    name: name.trim(),
    when: recurrenceOf(draft, zone.trim()),
    itemMinutes: Number(itemMinutes),
    chairs: chairs.map(personId),
    members: members.filter((each) => !chairs.includes(each)).map(personId),
    agenda: {
      states: states as readonly ChangeState[],
      when: { ...others, ...(models.length > 0 && { models }), ...(risk !== '' && { risk }) },
      policies,
    },
  };
}

/** Whether its dates can be worked out. */
export function hasDates(draft: BoardDraft): boolean {
  const when = recurrenceOf(draft, draft.zone.trim());
  return faultOfRecurrence(when) === null;
}

/** Only what its author altered: what others set meanwhile stays. */
export function changedFields(before: BoardFields, fields: BoardFields): Partial<BoardFields> {
  const keys = Object.keys(fields) as (keyof BoardFields)[];
  return Object.fromEntries(
    keys.filter((key) => !saysSame(before[key], fields[key])).map((key) => [key, fields[key]]),
  );
}

/** A draft on top of what others made of its board meanwhile: what its author altered stays, people are merged. */
export function movedOnto(draft: BoardDraft, before: MeetingBoard, now: MeetingBoard): BoardDraft {
  const mine = changedFields(before, boardOf(draft));
  const people = (key: 'chairs' | 'members') =>
    mine[key] === undefined ? now[key] : mergedPeople(before[key], mine[key], now[key]);
  return boardDraftOf({ ...now, ...mine, chairs: people('chairs'), members: people('members') });
}

/** Who may be named, and who is named already although they may not be any more: they stay until they are taken out. */
export function peopleToName(
  { people }: Pick<Directory, 'people'>,
  named: readonly string[],
): readonly { readonly value: string; readonly label: string; readonly hint?: string }[] {
  const fit = [...people.values()]
    .filter(({ active, roles }) => active && permissionsOf(roles).has('change.read'))
    .toSorted((a, b) => a.name.localeCompare(b.name))
    .map(({ id, name }) => ({ value: id as string, label: name }));
  const gone = [...new Set(named)].filter((each) => !fit.some(({ value }) => value === each));
  const hint = 'Is not here any more, or may not read changes';
  return [
    ...fit,
    ...gone.map((value) => ({ value, label: people.get(personId(value))?.name ?? 'Somebody', hint })),
  ];
}
