/** What the chair does with the items of the agenda while the meeting is live. */
import type { Tell } from '../../shared/index.ts';
import { MAX_NOTE } from '../../shared/ticket/text.ts';
import { isDecided } from '../approval/approval.ts';
import { outcomeOf } from '../approval/ask.ts';
import type { RuleOutcome } from '../approval/rule.ts';
import type { Change } from '../change.ts';
import type { MeetingActOf, MeetingEvent } from './acts.ts';
import type { MeetingBoard } from './board.ts';
import { firstBy, mayLook, yes } from './facts.ts';
import type { MeetingAnswer, MeetingContext } from './facts.ts';
import { ITEM_VERDICTS, MAX_AGENDA, itemOf } from './meeting.ts';
import type { Meeting, NamedChange, NotedVote } from './meeting.ts';
import { no } from './refusals.ts';

export function decideAdd(
  state: Meeting,
  { change }: MeetingActOf<'add-item'>,
  { facts }: MeetingContext,
): MeetingAnswer {
  if (itemOf(state, change) !== undefined) return no('item-there', { change });
  if (facts.changeOf(change) === undefined) return no('no-such-item', { change });
  if (state.agenda.length >= MAX_AGENDA) return no('agenda-full', { most: MAX_AGENDA });
  return yes([{ type: 'item-added', change }]);
}

/** What was decided, or is before everybody, stays. */
export function decideDrop(state: Meeting, { change }: MeetingActOf<'drop-item'>): MeetingAnswer {
  const item = itemOf(state, change);
  if (item === undefined) return no('no-such-item', { change });
  if (item.decision !== null) return no('item-decided', { change, verdict: item.decision.verdict });
  if (state.current === change) return no('item-current', { change });
  return yes([{ type: 'item-dropped', change }]);
}

export function decidePlace(state: Meeting, { change, before }: MeetingActOf<'place-item'>): MeetingAnswer {
  if (itemOf(state, change) === undefined) return no('no-such-item', { change });
  if (before !== null && itemOf(state, before) === undefined) return no('no-such-item', { change: before });
  const at = state.agenda.findIndex((item) => item.change === change);
  const isThere = before === change || (state.agenda[at + 1]?.change ?? null) === before;
  return isThere ? no('board-same', {}) : yes([{ type: 'item-placed', change, before }]);
}

/** There is one current item: whoever moves on from what stood before learns who had moved on. */
export function decideShow(
  state: Meeting,
  { change, from }: MeetingActOf<'show-item'>,
  context: MeetingContext,
): MeetingAnswer {
  if (state.current !== from)
    return no('item-moved', { current: state.current, ...firstBy(context, 'item-shown', 'item-decided') });
  if (change === state.current) return no('board-same', {});
  if (change !== null && itemOf(state, change) === undefined) return no('no-such-item', { change });
  return yes([{ type: 'item-shown', change }]);
}

/**
 * Notes what the board came to, with the votes as they are then; the last note before the end stands. What the chair
 * read must stand, as for a vote.
 */
export function decideItem(
  state: Meeting,
  board: MeetingBoard,
  act: MeetingActOf<'decide-item'>,
  context: MeetingContext,
): MeetingAnswer {
  const { change: id, verdict, next = null } = act;
  const change = context.facts.changeOf(id);
  if (itemOf(state, id) === undefined || change === undefined) return no('no-such-item', { change: id });
  if (!ITEM_VERDICTS.includes(verdict)) return no('board-field', { field: 'verdict', value: verdict });
  const note = (act.note ?? '').trim();
  if (note.length > MAX_NOTE) return no('board-field', { field: 'note', value: note.length });
  if (verdict === 'deferred' && note === '') return no('defer-note', {});
  if (next !== null && itemOf(state, next) === undefined) return no('no-such-item', { change: next });
  if (change.revision !== act.revision) {
    const { revision, state: stands } = change;
    return no('item-revised', { change: id, read: act.revision, revision, state: stands });
  }
  const votes = votesSay(change);
  if (verdict !== 'deferred' && votes !== 'open' && votes !== verdict)
    return no('votes-differ', { verdict, votes });
  const decided: MeetingEvent = {
    type: 'item-decided',
    change: id,
    verdict,
    note: note === '' ? null : note,
    votes: votesOf(change),
    revision: change.revision,
    state: change.state,
    named: namedAs(change),
  };
  const moves = state.current === id && next !== null && next !== id;
  return yes(
    moves ? [decided, { type: 'item-shown', change: next }] : [decided],
    verdict === 'deferred' ? tellDeferred(change, board, note, context) : [],
  );
}

/** What the minutes call a change, whatever it is called later. */
export function namedAs({ title, number }: Change): NamedChange {
  return { title, number };
}

/** What the votes on a change come to so far: one rejection of a policy rejects, and all must approve. */
export function votesSay(change: Change): RuleOutcome {
  const outcomes = change.requirements.map((requirement) => outcomeOf(requirement, change));
  if (outcomes.includes('rejected')) return 'rejected';
  return outcomes.length > 0 && outcomes.every((outcome) => outcome === 'approved') ? 'approved' : 'open';
}

function votesOf({ approvals }: Change): readonly NotedVote[] {
  return approvals.flatMap(({ person, state: vote, note }) =>
    isDecided(vote) ? [{ person, vote, note }] : [],
  );
}

function tellDeferred(
  { id, number, owner, madeBy }: Change,
  board: MeetingBoard,
  note: string,
  { actor, directory }: MeetingContext,
): readonly Tell[] {
  const people = [...new Set(owner === null ? [madeBy] : [owner, madeBy])];
  return people
    .filter((person) => person !== actor.id && mayLook(person, directory))
    .map((person) => ({
      person,
      kind: 'board-item',
      detail: { what: 'deferred', board: board.id, name: board.name, change: id, number, note, by: actor.id },
    }));
}
