import type { TicketRow } from '#lib/live/muster.ts';
import type { BulkChange } from './bulk-change.ts';

/**
 * Every form of a change offers, once, a way to read what it would do: null while it is not complete.
 * The reading is live, so the dialog's preview follows what is typed.
 */
export interface ChangeFormProps {
  rows: readonly TicketRow[];
  offer: (read: () => BulkChange | null) => void;
}
