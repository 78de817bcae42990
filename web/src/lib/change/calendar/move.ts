/** What it means to put a change to another place, worked out before anything is sent. */
import { isContentLocked, permissionFor, plannedOf } from '@muster/domain/change';
import type { Change, ChangeModel, Conflict, ConflictIndex } from '@muster/domain/change';
import { changeStateWords } from '#lib/wording/changes.ts';

export interface Move {
  readonly id: Change['id'];
  readonly begins: number;
  readonly ends: number;
}

export interface MoveOutlook extends Move {
  readonly conflicts: readonly Conflict[];
  /** People were asked or have approved: they will be asked again. */
  readonly voidsApprovals: boolean;
  readonly hitsHardFreeze: boolean;
}

export function conflictsAt(
  index: ConflictIndex,
  change: Change,
  { begins, ends }: Omit<Move, 'id'>,
): readonly Conflict[] {
  const planned = plannedOf({ ...change, begins, ends });
  return planned === null ? [] : index.conflictsOf(planned);
}

export function outlookOf(index: ConflictIndex, change: Change, move: Move): MoveOutlook {
  const conflicts = conflictsAt(index, change, move);
  return {
    ...move,
    conflicts,
    voidsApprovals: change.requirements.length > 0,
    hitsHardFreeze: conflicts.some(({ hard }) => hard),
  };
}

/** Why a change cannot be moved by this person now, in words; null when it can. */
export function whyFixed(
  change: Change,
  model: ChangeModel | undefined,
  can: (permission: ReturnType<typeof permissionFor>) => boolean,
): string | null {
  if (!can(permissionFor({ verb: 'edit' }))) return 'You may read changes, not move them.';
  if (change.held !== null) return 'It is on hold.';
  if (model === undefined || isContentLocked(model, change.state, 'window'))
    return `Its window cannot be moved any more: it is ${changeStateWords(change.state).toLowerCase()}.`;
  return null;
}
