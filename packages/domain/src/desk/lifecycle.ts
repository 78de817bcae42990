import { defineLifecycle } from '../shared/ticket/lifecycle.ts';
import type { Lifecycle } from '../shared/ticket/lifecycle.ts';

/** REQUEST of A8. */
export const DESK_LIFECYCLE: Lifecycle = defineLifecycle({
  process: 'desk',
  initial: 'new',
  open: ['new', 'triaged', 'awaiting_approval', 'approved', 'rejected', 'assigned', 'in_progress', 'on_hold'],
  transitions: [
    {
      from: 'new',
      to: 'triaged',
      by: ['worker'],
      needs: [],
      guard: (ticket) => (ticket.service === null ? 'service' : null),
    },
    { from: 'triaged', to: 'awaiting_approval', by: ['worker'], needs: [] },
    { from: 'awaiting_approval', to: 'approved', by: ['approver'], needs: [] },
    { from: 'awaiting_approval', to: 'rejected', by: ['approver'], needs: ['reason'] },
    { from: 'rejected', to: 'new', by: ['requester', 'worker'], needs: [] },
    {
      from: 'triaged',
      to: 'assigned',
      by: ['worker'],
      needs: [],
      guard: (ticket) => (ticket.team === null ? 'team' : null),
    },
    {
      from: 'approved',
      to: 'assigned',
      by: ['worker'],
      needs: [],
      guard: (ticket) => (ticket.team === null ? 'team' : null),
    },
    { from: 'assigned', to: 'in_progress', by: ['worker'], needs: [] },
    { from: 'in_progress', to: 'on_hold', by: ['worker'], needs: ['holdReason', 'reason'] },
    { from: 'on_hold', to: 'in_progress', by: ['worker'], needs: [] },
    { from: 'in_progress', to: 'resolved', by: ['worker'], needs: ['code', 'notes'] },
    { from: 'resolved', to: 'closed', by: ['requester', 'worker'], needs: [] },
    { from: 'resolved', to: 'in_progress', by: ['requester', 'owner', 'reopener'], needs: ['reason'] },
  ],
});
