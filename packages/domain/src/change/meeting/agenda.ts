import type { RecordId } from '../../shared/index.ts';
import type { Change } from '../change.ts';
import { isOver } from '../model/model.ts';
import { rankOf } from '../risk/level.ts';
import { comesBefore } from './board.ts';
import type { MeetingBoard } from './board.ts';
import type { MeetingFacts } from './facts.ts';
import { MAX_AGENDA, leftOver } from './meeting.ts';
import type { AgendaItem, ExpectedItem, Meeting } from './meeting.ts';

/** The agenda that a board has now: what an earlier meeting left first, then by risk and by when it begins. */
export function agendaFor(
  board: MeetingBoard,
  facts: Pick<MeetingFacts, 'meetings' | 'changeOf' | 'changes' | 'matched'>,
): readonly ExpectedItem[] {
  const taken = takenOver(board.id, facts.meetings).flatMap(({ change: id, addedBy }) => {
    const change = facts.changeOf(id);
    if (change === undefined || isOver(change)) return [];
    const stays = addedBy !== null || comesBefore(board, change, facts.matched(change));
    return stays ? [{ change: id, takenOver: true, addedBy }] : [];
  });
  const known = new Set(taken.map(({ change }) => change));
  const fresh = facts
    .changes()
    .filter((change) => !known.has(change.id) && comesBefore(board, change, facts.matched(change)))
    .toSorted(byWeight)
    .map(({ id: change }) => ({ change, takenOver: false, addedBy: null }));
  return [...taken, ...fresh].slice(0, MAX_AGENDA);
}

/** What the last meeting of a board that was held left over, in its order. */
function takenOver(board: RecordId, meetings: readonly Meeting[]): readonly AgendaItem[] {
  const last = meetings
    .filter((meeting) => meeting.board === board && meeting.state === 'closed')
    .toSorted((one, other) => (one.closedAt ?? 0) - (other.closedAt ?? 0) || (one.id < other.id ? -1 : 1))
    .at(-1);
  return last === undefined ? [] : leftOver(last);
}

function byWeight(one: Change, other: Change): number {
  const rank = ({ risk }: Change): number => (risk === null ? -1 : rankOf(risk.level));
  return (
    rank(other) - rank(one) ||
    (one.begins ?? Number.MAX_SAFE_INTEGER) - (other.begins ?? Number.MAX_SAFE_INTEGER) ||
    (one.id < other.id ? -1 : 1)
  );
}
