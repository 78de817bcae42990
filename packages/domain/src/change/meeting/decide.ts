/**
 * What may be done to a meeting. Planning and opening are for the chairs of its board, what happens in it for whoever
 * has the chair; joining is for everybody who may read changes.
 */
import { SYSTEM, unreachable } from '../../shared/index.ts';
import type { PersonId, Tell } from '../../shared/index.ts';
import { MAX_NOTE, cleanText } from '../../shared/ticket/text.ts';
import type { MeetingAct, MeetingActOf } from './acts.ts';
import { agendaFor } from './agenda.ts';
import { dateAt, lengthOf, peopleOf, planningSpan } from './board.ts';
import type { MeetingBoard } from './board.ts';
import { firstBy, manages, mayLook, yes } from './facts.ts';
import type { MeetingAnswer, MeetingContext } from './facts.ts';
import { decideAdd, decideDrop, decideItem, decidePlace, decideShow, namedAs } from './items.ts';
import { MAX_ATTENDANCES, isBackSoon, leftOver, presentIn } from './meeting.ts';
import type { Meeting } from './meeting.ts';
import { no } from './refusals.ts';

/** `state` is null for what is not planned yet. The same code decides on the server and predicts in the browser. */
export function decideMeeting(
  state: Meeting | null,
  act: MeetingAct,
  context: MeetingContext,
): MeetingAnswer {
  const { actor, target, facts } = context;
  if (!actor.permissions.has('change.read')) return no('no-such-meeting', { meeting: target });
  if (act.verb === 'plan') return decidePlan(state, act, context);
  if (state === null) return no('no-such-meeting', { meeting: target });
  const board = facts.boards.get(state.board);
  if (board === undefined) return no('no-such-board', { board: state.board });
  if (act.verb === 'open') return decideOpen(state, board, context);
  if (act.verb === 'call-off') return decideCallOff(state, board, act.reason, context);
  if (state.state !== 'live')
    return no('meeting-moved', {
      state: state.state,
      ...firstBy(context, 'closed', 'called-off', 'opened'),
    });
  switch (act.verb) {
    case 'join':
      return decideJoin(state, context);
    case 'leave':
      return decideLeave(state, context);
    case 'take-chair':
      return decideTakeChair(state, board, act, context);
    default:
      return decideInChair(state, board, act, context);
  }
}

type ChairAct = Exclude<
  MeetingAct,
  { readonly verb: 'plan' | 'open' | 'call-off' | 'join' | 'leave' | 'take-chair' }
>;

function decideInChair(
  state: Meeting,
  board: MeetingBoard,
  act: ChairAct,
  context: MeetingContext,
): MeetingAnswer {
  // what nobody closed the product closes, when its clock says so
  const isLeft = act.verb === 'close' && context.actor.id === SYSTEM;
  if (context.actor.id !== state.chair && !isLeft) {
    const lost = firstBy(context, 'chair-given');
    return lost.by === undefined
      ? no('not-in-chair', { chair: state.chair })
      : no('chair-moved', { chair: state.chair, ...lost });
  }
  switch (act.verb) {
    case 'add-item':
      return decideAdd(state, act, context);
    case 'drop-item':
      return decideDrop(state, act);
    case 'place-item':
      return decidePlace(state, act);
    case 'show-item':
      return decideShow(state, act, context);
    case 'decide-item':
      return decideItem(state, board, act, context);
    case 'hand-over':
      return decideHandOver(state, board, act.to, context);
    case 'close':
      return decideClose(state, board, context);
    default:
      return unreachable(act);
  }
}

/** From now on the minutes stand: also what the board and its changes were called. */
function decideClose(state: Meeting, { name, when }: MeetingBoard, { facts }: MeetingContext): MeetingAnswer {
  const named = state.agenda.flatMap(({ change: id, decision }) => {
    const change = decision === null ? facts.changeOf(id) : undefined;
    return change === undefined ? [] : [{ change: id, ...namedAs(change) }];
  });
  const left = leftOver(state).map(({ change }) => change);
  return yes([{ type: 'closed', leftOver: left, named, heldAs: { name, zone: when.zone } }]);
}

function decidePlan(
  state: Meeting | null,
  { board: id, at }: MeetingActOf<'plan'>,
  context: MeetingContext,
): MeetingAnswer {
  const { facts, target, actor, now } = context;
  if (state !== null) return no('board-exists', { record: target });
  const board = facts.boards.get(id);
  if (board === undefined) return no('no-such-board', { board: id });
  if (!isChair(board, context)) return no('not-a-chair', { board: id });
  if (board.retired) return no('board-retired', { board: id });
  if (!Number.isSafeInteger(at) || at < 0) return no('board-field', { field: 'at', value: at });
  const { from, to } = planningSpan(now);
  if (at < from || at > to) return no('moment-too-far', { at, from, to });
  const same = facts.meetings.find(
    (meeting) => meeting.board === id && meeting.beginsAt === at && meeting.state !== 'called_off',
  );
  if (same !== undefined) return no('already-planned', { at, meeting: same.id });
  const date = dateAt(board, at);
  const invited = peopleOf(board);
  const tell = invited
    .filter((person) => person !== actor.id && mayLook(person, context.directory))
    .map((person): Tell => ({
      person,
      kind: 'board-item',
      detail: { what: 'invited', board: id, name: board.name, at, by: actor.id },
    }));
  const endsAt = date?.to ?? at + lengthOf(board);
  const { itemMinutes } = board;
  return yes(
    [{ type: 'planned', board: id, beginsAt: at, endsAt, adHoc: date === undefined, itemMinutes, invited }],
    tell,
  );
}

function decideOpen(state: Meeting, board: MeetingBoard, context: MeetingContext): MeetingAnswer {
  if (!isChair(board, context)) return no('not-a-chair', { board: board.id });
  if (state.state !== 'planned')
    return no('meeting-moved', { state: state.state, ...firstBy(context, 'opened', 'called-off', 'closed') });
  const held = context.facts.meetings.find(
    (each) => each.board === board.id && each.state === 'live' && each.id !== state.id,
  );
  if (held !== undefined) return no('board-meets', { meeting: held.id, chair: held.chair });
  return yes([{ type: 'opened', agenda: agendaFor(board, context.facts), invited: peopleOf(board) }]);
}

function decideCallOff(
  state: Meeting,
  board: MeetingBoard,
  given: string,
  context: MeetingContext,
): MeetingAnswer {
  if (!isChair(board, context)) return no('not-a-chair', { board: board.id });
  if (state.state !== 'planned')
    return no('meeting-moved', { state: state.state, ...firstBy(context, 'opened', 'called-off', 'closed') });
  const reason = cleanText(given, MAX_NOTE);
  if (reason === null) return no('meeting-reason', {});
  const { actor, now } = context;
  // nobody is kept from coming to what is past
  const tell = (state.endsAt > now ? state.invited : [])
    .filter((person) => person !== actor.id && mayLook(person, context.directory))
    .map((person): Tell => ({
      person,
      kind: 'board-item',
      detail: {
        what: 'called-off',
        board: board.id,
        name: board.name,
        at: state.beginsAt,
        by: actor.id,
        reason,
      },
    }));
  return yes([{ type: 'called-off', reason }], tell);
}

/** Coming and going costs a bounded part of the minutes. */
function decideJoin(state: Meeting, { actor, now }: MeetingContext): MeetingAnswer {
  if (presentIn(state).includes(actor.id)) return no('already-present', { person: actor.id });
  if (isBackSoon(state, actor.id, now)) return yes([{ type: 'joined', continues: true }]);
  const times = state.attendance.filter(({ person }) => person === actor.id).length;
  return times < MAX_ATTENDANCES
    ? yes([{ type: 'joined' }])
    : no('came-too-often', { most: MAX_ATTENDANCES });
}

function decideLeave(state: Meeting, { actor }: MeetingContext): MeetingAnswer {
  if (actor.id === state.chair) return no('chair-stays', { chair: actor.id });
  return presentIn(state).includes(actor.id)
    ? yes([{ type: 'left' }])
    : no('not-present', { person: actor.id });
}

function decideHandOver(
  state: Meeting,
  board: MeetingBoard,
  to: PersonId,
  { actor, directory }: MeetingContext,
): MeetingAnswer {
  if (!presentIn(state).includes(to)) return no('not-present', { person: to });
  const isFit = peopleOf(board).includes(to) && mayLook(to, directory);
  if (!isFit || to === actor.id) return no('chair-not-fit', { person: to });
  return yes([{ type: 'chair-given', from: actor.id, to }]);
}

/** For when the chair is gone: the first who takes it has it, and whoever took it from somebody else is told. */
function decideTakeChair(
  state: Meeting,
  board: MeetingBoard,
  { from }: MeetingActOf<'take-chair'>,
  context: MeetingContext,
): MeetingAnswer {
  const { actor } = context;
  if (!isChair(board, context)) return no('not-a-chair', { board: board.id });
  if (state.chair !== from || state.chair === actor.id)
    return no('chair-moved', { chair: state.chair, ...firstBy(context, 'chair-given') });
  const continues = !presentIn(state).includes(actor.id) && isBackSoon(state, actor.id, context.now);
  return yes([{ type: 'chair-given', from, to: actor.id, ...(continues && { continues }) }]);
}

function isChair(board: MeetingBoard, context: MeetingContext): boolean {
  return manages(context) || board.chairs.includes(context.actor.id);
}
