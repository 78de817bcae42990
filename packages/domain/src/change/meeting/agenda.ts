import type { RecordId } from '../../shared/index.ts';
import type { Change } from '../change.ts';
import { isOver } from '../model/model.ts';
import { rankOf } from '../risk/level.ts';
import { comesBefore } from './board.ts';
import type { MeetingBoard } from './board.ts';
import type { MeetingFacts } from './facts.ts';
import { MAX_AGENDA, leftOver } from './meeting.ts';
import type { Meeting } from './meeting.ts';

/** The agenda that a board has now: what an earlier meeting left first, then by risk and by when it begins. */
export function agendaFor(
  board: MeetingBoard,
  facts: Pick<MeetingFacts, 'meetings' | 'changeOf' | 'changes' | 'matched'>,
): readonly { readonly change: RecordId; readonly takenOver: boolean }[] {
  const taken = takenOver(board.id, facts.meetings).filter((id) => {
    const change = facts.changeOf(id);
    return change !== undefined && !isOver(change);
  });
  const fresh = facts
    .changes()
    .filter((change) => !taken.includes(change.id) && comesBefore(board, change, facts.matched(change)))
    .toSorted(byWeight);
  return [
    ...taken.map((change) => ({ change, takenOver: true })),
    ...fresh.map(({ id: change }) => ({ change, takenOver: false })),
  ].slice(0, MAX_AGENDA);
}

/** What the last meeting of a board that was held left over, in its order. */
export function takenOver(board: RecordId, meetings: readonly Meeting[]): readonly RecordId[] {
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
