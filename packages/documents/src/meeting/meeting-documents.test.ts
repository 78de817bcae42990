import { recordId } from '@muster/domain/shared';
import type { Meeting } from '@muster/domain/change';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { isNonconforming } from '../nonconforming.ts';
import { anyItem, anyMeeting } from '../test-support/any-meeting.ts';
import { entriesWrittenBy } from '../test-support/entries-written.ts';
import { readMeeting, writeMeeting } from './document.ts';
import { itemEntry } from './parts.ts';
import { readMeetingRow, readMeetingRows, removeMeetingRow, rowOfMeeting, writeMeetingRow } from './row.ts';

const SEED = 20_261_128;

function sampled(): { readonly meeting: Meeting; readonly doc: Y.Doc } {
  const meeting = fc
    .sample(anyMeeting, { seed: SEED, numRuns: 100 })
    .find(({ agenda, attendance }) => agenda.length > 2 && attendance.length > 0);
  if (meeting === undefined) throw new Error('no sample');
  const doc = new Y.Doc();
  writeMeeting(doc, meeting);
  return { meeting, doc };
}

describe('the document of a meeting', () => {
  test('gives back every meeting unchanged, also through an update', () => {
    fc.assert(
      fc.property(anyMeeting, (meeting) => {
        const [here, there] = [new Y.Doc(), new Y.Doc()];
        writeMeeting(here, meeting);
        Y.applyUpdate(there, Y.encodeStateAsUpdate(here));
        expect(readMeeting(there, meeting.id)).toEqual({ meeting, nonconforming: [] });
      }),
      { seed: SEED, numRuns: 300 },
    );
  });

  test('says what stands after any other meeting was there', () => {
    fc.assert(
      fc.property(anyMeeting, anyMeeting, fc.boolean(), (before, after, isKnown) => {
        const doc = new Y.Doc();
        writeMeeting(doc, before);
        writeMeeting(doc, after, isKnown ? before : null);
        expect(readMeeting(doc, after.id).meeting).toEqual(after);
      }),
      { seed: SEED, numRuns: 200 },
    );
  });

  test('costs a decision its item and the version, and leaves what else was read the same object', () => {
    const { meeting, doc } = sampled();
    const memo = new Map();
    const before = readMeeting(doc, meeting.id, memo).meeting;
    const [first, ...others] = meeting.agenda;
    if (first === undefined || before === null) throw new Error('no item');
    const noted = { ...first, addedBy: null, takenOver: !first.takenOver };
    const after = { ...meeting, version: meeting.version + 1, agenda: [noted, ...others] };
    expect(entriesWrittenBy(doc, () => writeMeeting(doc, after, meeting))).toEqual([
      `items.${first.change}`,
      'meeting.pulse',
    ]);
    const read = readMeeting(doc, meeting.id, memo).meeting;
    expect(read).toEqual(after);
    expect(read?.agenda.map((item, index) => item === before.agenda[index])).toEqual([
      false,
      ...others.map(() => true),
    ]);
    expect(entriesWrittenBy(doc, () => writeMeeting(doc, after))).toEqual([]);
  });

  test('keeps the order of the items, and forgets one that was taken out', () => {
    const { meeting, doc } = sampled();
    const agenda = meeting.agenda.slice(1).toReversed();
    writeMeeting(doc, { ...meeting, agenda }, meeting);
    expect(readMeeting(doc, meeting.id).meeting?.agenda).toEqual(agenda);
    expect(doc.getMap('items').size).toBe(agenda.length);
  });

  test('is not there before it has arrived, and leaves out what does not conform', () => {
    const { meeting, doc } = sampled();
    expect(readMeeting(new Y.Doc(), meeting.id)).toEqual({ meeting: null, nonconforming: [] });
    const [first, ...others] = meeting.agenda;
    doc.getMap('items').set(first?.change ?? '', [99]);
    const read = readMeeting(doc, meeting.id);
    expect(read.meeting?.agenda).toEqual(others);
    expect(read.nonconforming).toMatchObject([{ path: `items.${first?.change}` }]);
    doc.getMap('meeting').set('attendance', 'odd');
    expect(readMeeting(doc, meeting.id).meeting).toBeNull();
  });

  test('never throws on damaged cells of an item and says where the fault is', () => {
    const damage = fc.anything({ withBigInt: false, maxDepth: 2 });
    fc.assert(
      fc.property(anyItem, fc.nat({ max: 5 }), damage, (item, column, junk) => {
        const row = [...(itemEntry.encode(item) as unknown[])];
        row[column] = junk;
        const decoded = itemEntry.decode(`items.${item.change}`, row);
        if (isNonconforming(decoded)) expect(decoded.path).toContain(item.change);
      }),
      { seed: SEED, numRuns: 1000 },
    );
  });
});

describe('the row of a meeting', () => {
  test('is read as it was written, for every meeting', () => {
    fc.assert(
      fc.property(anyMeeting, (meeting) => {
        const doc = new Y.Doc();
        writeMeetingRow(doc, rowOfMeeting(meeting));
        expect(readMeetingRows(doc)).toEqual({ meetings: [rowOfMeeting(meeting)], nonconforming: [] });
      }),
      { seed: SEED, numRuns: 300 },
    );
  });

  test('counts items and decisions, and is gone when it is removed', () => {
    const { meeting } = sampled();
    const row = rowOfMeeting(meeting);
    expect([row.items, row.decided]).toEqual([
      meeting.agenda.length,
      meeting.agenda.filter(({ decision }) => decision !== null).length,
    ]);
    const doc = new Y.Doc();
    writeMeetingRow(doc, row);
    expect(readMeetingRow(doc, meeting.id)).toEqual(row);
    removeMeetingRow(doc, meeting.id);
    expect(readMeetingRow(doc, meeting.id)).toBeNull();
  });

  test('of another version is set aside', () => {
    const doc = new Y.Doc();
    doc.getMap('rows').set('odd', [99]);
    expect(readMeetingRows(doc)).toMatchObject({ meetings: [], nonconforming: [{ path: 'odd' }] });
    expect(readMeetingRow(doc, recordId('odd'))).toMatchObject({ nonconforming: true });
  });
});
