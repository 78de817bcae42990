import { isMajor, isRestricted } from '@muster/domain/shared';
import type { TicketRow } from '#lib/live/muster.ts';
import type { RowClock } from '../clock/row-clocks.ts';
import { stateName } from '../wording/states.ts';
import { PRIORITY_NAMES } from '../wording/words.ts';

export interface RowNames {
  readonly requester: string;
  readonly owner: string | null;
  readonly team: string | null;
  readonly here: readonly string[];
  readonly unread: boolean;
  readonly leaving: boolean;
}

/** A whole row as one sentence for screen readers, the most telling parts first. */
export function rowWords(row: TicketRow, clock: RowClock, names: RowNames): string {
  const parts = [
    names.unread ? 'unread' : '',
    isMajor(row) && row.major ? `major incident, severity ${row.major.severity}` : '',
    row.major?.state === 'proposed' ? 'proposed as a major incident' : '',
    (row.escalation?.level ?? 0) > 0 ? 'escalated' : '',
    isRestricted(row) ? 'restricted' : '',
    row.number ?? row.token,
    row.title,
    `priority ${PRIORITY_NAMES[row.priority]}`,
    stateName(row.state),
    clock.text === '' ? '' : `${clock.metric ?? ''} ${clock.text}`.trim(),
    `from ${names.requester}`,
    names.owner === null ? 'no owner' : `owner ${names.owner}`,
    names.team ?? '',
    row.pending > 0 ? 'waiting to be saved' : '',
    names.here.length > 0 ? `${names.here.join(', ')} here` : '',
    names.leaving ? 'no longer fits this list' : '',
  ];
  return parts.filter((part) => part !== '').join(', ');
}
