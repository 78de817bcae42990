/**
 * A meeting whole, in `meeting/<id>`: its small parts in the root `meeting`, and an entry for each item of the agenda
 * by its change. The server alone writes; what is noted of an item costs that item.
 */
import type { Meeting } from '@muster/domain/change';
import type { RecordId } from '@muster/domain/shared';
import type * as Y from 'yjs';
import { PartReader, remembered, setEach, setEntry } from '../entries.ts';
import type { EntryMemo } from '../entries.ts';
import { isNonconforming, sift } from '../nonconforming.ts';
import type { Nonconforming } from '../nonconforming.ts';
import { attendancePart, headPart, itemEntry, orderPart, pulsePart } from './parts.ts';

/** Makes the document say what stands. `before` is what it says now, where that is known. */
export function writeMeeting(doc: Y.Doc, meeting: Meeting, before: Meeting | null = null): void {
  const parts = doc.getMap('meeting');
  setEntry(parts, 'head', headPart.encode(meeting));
  setEntry(parts, 'pulse', pulsePart.encode(meeting));
  const { attendance, agenda } = meeting;
  if (attendance !== before?.attendance) setEntry(parts, 'attendance', attendancePart.encode({ attendance }));
  if (agenda === before?.agenda) return;
  setEntry(parts, 'order', orderPart.encode({ agenda: agenda.map(({ change }) => change) }));
  setEach(doc.getMap('items'), agenda, before?.agenda, {
    keyOf: ({ change }) => change,
    encode: itemEntry.encode,
  });
}

/** The meeting of a document; null as long as it has not arrived. Items that do not conform are left out. */
export function readMeeting(
  doc: Y.Doc,
  id: RecordId,
  memo: EntryMemo = new Map(),
): { readonly meeting: Meeting | null; readonly nonconforming: readonly Nonconforming[] } {
  const parts = doc.getMap('meeting');
  if (parts.size === 0) return { meeting: null, nonconforming: [] };
  const reader = new PartReader('meeting', parts, memo);
  const head = reader.read('head', headPart);
  const pulse = reader.read('pulse', pulsePart);
  const order = reader.read('order', orderPart);
  const attendance = reader.read('attendance', attendancePart);
  const items = doc.getMap('items');
  const agenda = sift(
    (order?.agenda ?? []).map((change) => {
      const stored = items.get(change);
      return remembered(memo, `items.${change}`, stored, (path) => {
        const decoded = itemEntry.decode(path, stored);
        return isNonconforming(decoded) ? decoded : { change, ...decoded };
      });
    }),
  );
  const nonconforming = [...reader.nonconforming, ...agenda.nonconforming];
  if (head === null || pulse === null || order === null || attendance === null)
    return { meeting: null, nonconforming };
  return { meeting: { id, ...head, ...pulse, ...attendance, agenda: agenda.conforming }, nonconforming };
}
