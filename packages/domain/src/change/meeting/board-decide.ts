import { faultOfRecurrence, ok, unreachable } from '../../shared/index.ts';
import type {
  Actor,
  Directory,
  Instant,
  PersonId,
  RecordId,
  Recorded,
  Result,
  Verdict,
} from '../../shared/index.ts';
import { MAX_LABEL, cleanText } from '../../shared/ticket/text.ts';
import { CHANGE_STATES } from '../model/model.ts';
import type { BoardAct, BoardEvent } from './board-acts.ts';
import { DEFAULT_AGENDA, peopleOf } from './board.ts';
import type { BoardFields, MeetingBoard } from './board.ts';
import { mergedEdit } from './board-merge.ts';
import { manages, mayLook } from './facts.ts';
import { no } from './refusals.ts';
import type { MeetingRefusal } from './refusals.ts';

const MOST_ITEM_MINUTES = 240;
const MOST_PEOPLE = 200;

export interface BoardContext {
  readonly actor: Actor;
  readonly target: RecordId;
  readonly directory: Directory;
  /** Events above the version that the act's author saw, oldest first, with those that are their own. */
  readonly since: readonly Recorded<BoardEvent>[];
}

export type BoardAnswer = Result<Verdict<BoardEvent>, MeetingRefusal>;

/** What may be done to a board: by those who manage changes. `state` is null for one that is not made yet. */
export function decideBoard(state: MeetingBoard | null, act: BoardAct, context: BoardContext): BoardAnswer {
  const { actor, target, directory } = context;
  if (!actor.permissions.has('change.read')) return no('no-such-board', { board: target });
  if (!manages(context)) return no('board-not-permitted', { permission: 'change.manage' });
  if (act.verb === 'create') {
    if (state !== null) return no('board-exists', { record: target });
    return faultOf(act.fields, directory) ?? yes({ type: 'made', fields: cleaned(act.fields) });
  }
  if (state === null) return no('no-such-board', { board: target });
  switch (act.verb) {
    case 'edit':
      return decideEdit(state, act.fields, context);
    case 'retire':
      return state.retired ? no('board-same', {}) : yes({ type: 'retired' });
    case 'revive':
      return state.retired ? yes({ type: 'revived' }) : no('board-same', {});
    default:
      return unreachable(act);
  }
}

function decideEdit(
  state: MeetingBoard,
  given: Partial<BoardFields>,
  { actor, directory, since }: BoardContext,
): BoardAnswer {
  const merged = mergedEdit(state, cleaned(given), since, actor.id);
  if ('refusal' in merged) return merged;
  // who was named before may be gone since, and keeps nobody from altering the rest
  const fault = faultOf({ ...state, ...merged }, directory, peopleOf(state));
  if (fault !== null) return fault;
  const fields: Record<string, unknown> = {};
  const before: Record<string, unknown> = {};
  for (const [field, value] of Object.entries(merged)) {
    const standing = state[field as keyof BoardFields];
    if (JSON.stringify(value) === JSON.stringify(standing)) continue;
    fields[field] = value;
    before[field] = standing;
  }
  return Object.keys(fields).length === 0 ? no('board-same', {}) : yes({ type: 'edited', fields, before });
}

function cleaned<Fields extends Partial<BoardFields>>(fields: Fields): Fields {
  const { name, chairs, members } = fields;
  return {
    ...fields,
    ...(name !== undefined && { name: name.trim() }),
    ...(chairs !== undefined && { chairs: [...new Set(chairs)] }),
    ...(members !== undefined && { members: [...new Set(members)] }),
  };
}

/** Somebody has its chair, who is named anew is known and may read changes, and its dates are dates in a zone. */
function faultOf(
  fields: BoardFields,
  directory: Pick<Directory, 'people'>,
  named: readonly PersonId[] = [],
): ReturnType<typeof no> | null {
  const { name, when, itemMinutes, chairs, members, agenda } = fields;
  const odd = (field: string, value: unknown) => no('board-field', { field, value });
  if (cleanText(name, MAX_LABEL) === null) return odd('name', name);
  if (when.zone === null) return odd('zone', null);
  const fault = faultOfRecurrence(when);
  if (fault === 'ends-before-begin') return odd('ends', when.ends);
  if (fault !== null) return odd(fault.field, fault.value);
  if (!Number.isSafeInteger(itemMinutes) || itemMinutes < 1 || itemMinutes > MOST_ITEM_MINUTES)
    return odd('itemMinutes', itemMinutes);
  if (chairs.length === 0 || chairs.length > MOST_PEOPLE) return odd('chairs', chairs.length);
  if (members.length > MOST_PEOPLE) return odd('members', members.length);
  const stranger = [...chairs, ...members].find(
    (person) => !named.includes(person) && !mayLook(person, directory),
  );
  if (stranger !== undefined) return odd('person', stranger);
  if (agenda.states.length === 0 || agenda.states.some((each) => !CHANGE_STATES.includes(each)))
    return odd('states', agenda.states);
  return null;
}

function yes(event: BoardEvent): BoardAnswer {
  return ok({ events: [event], tell: [] });
}

/** The board after an event. Total: an event of a later version only counts. */
export function evolveBoard(
  state: MeetingBoard | null,
  event: BoardEvent,
  { at }: { readonly at: Instant },
  target: RecordId,
): MeetingBoard {
  const before = state ?? blank(target);
  const next = { ...before, version: before.version + 1, updatedAt: at };
  switch (event.type) {
    case 'made':
    case 'edited':
      return { ...next, ...event.fields };
    case 'retired':
      return { ...next, retired: true };
    case 'revived':
      return { ...next, retired: false };
    default:
      return later(next, event);
  }
}

function later(board: MeetingBoard, event: never): MeetingBoard {
  void event;
  return board;
}

function blank(id: RecordId): MeetingBoard {
  const when = { zone: 'UTC', begins: '2000-01-03T10:00', ends: '2000-01-03T11:00', repeats: null };
  const people = { chairs: [], members: [] };
  const fields = { name: '', when, itemMinutes: 10, ...people, agenda: DEFAULT_AGENDA };
  return { id, version: 0, retired: false, updatedAt: 0, ...fields };
}
