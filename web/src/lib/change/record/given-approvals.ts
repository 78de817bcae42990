import type { Change } from '@muster/domain/change';

/** Who has approved the change as it stands: what is approved and changed is asked for again. */
export function givenApprovals({ approvals, revision }: Pick<Change, 'approvals' | 'revision'>): number {
  return approvals.filter((each) => each.state === 'approved' && each.revision === revision).length;
}
