import { lifecycleOf } from '@muster/domain';
import type { RecordPanel } from '../profile.ts';

/** Who is called to a record, for its staff while there is work: the calls, how far they are, and "I have it". */
export const CALL_PANEL: RecordPanel = {
  id: 'call',
  place: 'head',
  shows: ({ ticket, isStaff }) =>
    isStaff && ticket.calls.length > 0 && lifecycleOf(ticket.process).open.has(ticket.state),
  load: () => import('./CallPanel.svelte'),
};
