import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { emptyRecord, printNew, processOf, readNew, type NewRecord } from './new-draft.ts';

const empty = emptyRecord('incident', 'me');

describe('the draft of a new record', () => {
  test('reads again what was filled in, whatever the description holds', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.constantFrom(1, 2, 3), (title, description, impact) => {
        const line = title.replace(/\s+/g, ' ');
        const record: NewRecord = {
          ...empty,
          ...{ title: line, description, impact: impact as 1 | 2 | 3, items: ['A', 'B'].slice(impact - 1) },
        };
        expect(readNew(printNew(record), empty)).toEqual(record);
      }),
    );
  });

  test('is the empty record when nothing fits', () => {
    expect(readNew('', empty)).toEqual(empty);
    expect(readNew('process: incident\ntitle: of before items\n\n', empty).items).toEqual([]);
    expect(readNew('some text of another version', empty)).toEqual(empty);
    expect(readNew('impact: 9\nurgency: x\n\n', empty)).toMatchObject({
      impact: empty.impact,
      urgency: empty.urgency,
    });
  });

  test('takes over what was chosen when it goes on as the other process, and what fits it', () => {
    const desk = emptyRecord('desk', 'me');
    const begun = { ...desk, title: 'No light', impact: 1 as const };
    expect(readNew(printNew(begun), empty)).toEqual({ ...empty, title: 'No light', impact: 1 });
    const question = { ...begun, kind: 'question' as const, channel: 'chat' };
    expect(readNew(printNew(question), empty)).toMatchObject({ kind: 'incident', channel: 'chat' });
    expect(readNew(printNew(question), desk)).toEqual(question);
    expect(readNew(printNew(empty), desk)).toEqual(desk);
  });

  test('is read with a kind of its process where an earlier version kept one of the other', () => {
    expect(readNew('process: incident\nkind: request\n\n', empty).kind).toBe('incident');
    expect(readNew('process: desk\nkind: incident\n\n', emptyRecord('desk', 'me')).kind).toBe('request');
  });

  test('says which process it is for', () => {
    expect(processOf(printNew(empty))).toBe('incident');
    expect(processOf(printNew(emptyRecord('desk', 'me')))).toBe('desk');
  });
});
