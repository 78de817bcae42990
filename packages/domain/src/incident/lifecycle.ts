import { defineLifecycle } from '../shared/ticket/lifecycle.ts';
import type { Lifecycle } from '../shared/ticket/lifecycle.ts';
import { withheldFromMajor } from './major/overlay.ts';

/** INCIDENT of A8, the operational state; major incidents are an overlay of their own. */
export const INCIDENT_LIFECYCLE: Lifecycle = defineLifecycle({
  process: 'incident',
  initial: 'new',
  open: ['new', 'in_progress', 'on_hold'],
  transitions: [
    { from: 'new', to: 'in_progress', by: ['worker'], needs: [] },
    { from: 'in_progress', to: 'on_hold', by: ['worker'], needs: ['holdReason', 'reason'] },
    { from: 'on_hold', to: 'in_progress', by: ['worker'], needs: [] },
    { from: 'in_progress', to: 'resolved', by: ['worker'], needs: ['code', 'notes'] },
    { from: 'on_hold', to: 'resolved', by: ['worker'], needs: ['code', 'notes'] },
    { from: 'resolved', to: 'closed', by: ['requester', 'worker'], needs: [] },
    { from: 'resolved', to: 'in_progress', by: ['requester', 'owner', 'reopener'], needs: ['reason'] },
  ],
  withholds: withheldFromMajor,
});
