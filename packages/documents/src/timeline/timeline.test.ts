import { personId } from '@muster/domain/shared';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { readRoomContent } from '../room-content.ts';
import { readRoomText } from '../room.ts';
import { addEntry, changeEntry, entryHead, readEntries, readTimeline } from './entry.ts';
import type { NewEntry } from './entry.ts';
import { sharedText, writtenList } from './written-list.ts';

const ANA = personId('ana');
const BEN = personId('ben');
const ulid = (n: number) => `01HZZZZZZZZZZZZZZZZZZZ${String(n).padStart(4, '0')}`;

function entry(n: number, at: number, more: Partial<NewEntry> = {}): NewEntry {
  return {
    id: ulid(n),
    at,
    writtenAt: at,
    by: ANA,
    kind: 'observation',
    text: `entry ${n}`,
    source: null,
    ...more,
  };
}

const textsOf = (doc: Y.Doc) => readTimeline(doc).entries.map(({ text }) => text);
const thing = (doc: Y.Doc, index = 0) => writtenList(doc, 'timeline').get(index);

/** Two devices with the same room. */
function twoRooms(): { one: Y.Doc; two: Y.Doc; meet: () => void } {
  const [one, two] = [new Y.Doc(), new Y.Doc()];
  const meet = () => {
    Y.applyUpdate(two, Y.encodeStateAsUpdate(one));
    Y.applyUpdate(one, Y.encodeStateAsUpdate(two));
  };
  return { one, two, meet };
}

describe('a timeline', () => {
  test('[INC-40] entries stand by the instant they are about, and by id within one', () => {
    const doc = new Y.Doc();
    addEntry(doc, entry(3, 50));
    addEntry(doc, entry(2, 50));
    addEntry(doc, entry(1, 70));
    addEntry(doc, entry(4, 10, { writtenAt: 90 }));
    expect(textsOf(doc)).toEqual(['entry 4', 'entry 2', 'entry 3', 'entry 1']);
  });

  test('[INC-41] an entry is made whole in one update', () => {
    const doc = new Y.Doc();
    const updates: Uint8Array[] = [];
    doc.on('update', (update: Uint8Array) => updates.push(update));
    addEntry(doc, entry(1, 5, { kind: 'pin', source: { type: 'event', ref: '12' } }));
    expect(updates).toHaveLength(1);
    const other = new Y.Doc();
    Y.applyUpdate(other, updates[0] ?? new Uint8Array());
    expect(readTimeline(other)).toEqual({
      entries: [
        { ...entry(1, 5), kind: 'pin', source: { type: 'event', ref: '12' }, hidden: false, marks: [] },
      ],
      nonconforming: [],
    });
  });

  test('[INC-42] two people who write in one entry at once both keep every word', () => {
    const { one, two, meet } = twoRooms();
    addEntry(one, entry(1, 5, { text: 'the disk' }));
    meet();
    sharedText(thing(one))?.insert(0, 'At nine ');
    sharedText(thing(two))?.insert(8, ' is full');
    meet();
    expect([textsOf(one), textsOf(two)]).toEqual([
      ['At nine the disk is full'],
      ['At nine the disk is full'],
    ]);
  });

  test('[INC-43] of changes that knew of each other the newer one holds, whoever has the higher client id', () => {
    for (const [first, second] of [
      [1, 2],
      [2, 1],
    ] as const) {
      const { one, two, meet } = twoRooms();
      [one.clientID, two.clientID] = [first, second];
      addEntry(one, entry(1, 5));
      meet();
      changeEntry(thing(one), { id: 'a', by: ANA, at: 900, set: { kind: 'action' } });
      meet();
      // the clock of the second device is far behind
      changeEntry(thing(two), { id: 'b', by: BEN, at: 100, set: { kind: 'decision', at: 7 } });
      meet();
      expect([one, two].map((doc) => readTimeline(doc).entries[0])).toMatchObject([
        { kind: 'decision', at: 7 },
        { kind: 'decision', at: 7 },
      ]);
    }
  });

  test('[INC-43] of changes made apart the later one holds for everybody, and both are kept', () => {
    const { one, two, meet } = twoRooms();
    addEntry(one, entry(1, 5));
    meet();
    changeEntry(thing(one), { id: 'a', by: ANA, at: 100, set: { kind: 'action' } });
    changeEntry(thing(two), { id: 'b', by: BEN, at: 200, set: { kind: 'decision' } });
    meet();
    for (const doc of [one, two]) {
      const [read] = readTimeline(doc).entries;
      expect(read?.kind).toBe('decision');
      expect(read?.marks.map(({ by }) => by).sort()).toEqual([ANA, BEN]);
    }
  });

  test('[INC-44] a hidden entry keeps its words, is shown again, and is not found while hidden', () => {
    const doc = new Y.Doc();
    addEntry(doc, entry(1, 5));
    changeEntry(thing(doc), { id: 'a', by: ANA, at: 6, set: { hidden: true } });
    expect(readTimeline(doc).entries).toMatchObject([{ hidden: true, text: 'entry 1' }]);
    expect(readRoomText(doc)).toBe('');
    changeEntry(thing(doc), { id: 'b', by: BEN, at: 7, set: { hidden: false } });
    expect(readTimeline(doc).entries).toMatchObject([{ hidden: false, text: 'entry 1' }]);
    expect(readRoomText(doc)).toBe('entry 1');
  });

  test('[INC-45] what does not conform is counted, and the rest is read', () => {
    const doc = new Y.Doc();
    const list = writtenList(doc, 'timeline');
    const forged = (head: unknown, text: unknown = new Y.Text('x'), marks: unknown = new Y.Array()) => {
      const map = new Y.Map<unknown>();
      map.set('head', head);
      map.set('text', text);
      map.set('marks', marks);
      return map;
    };
    const { text: words, ...head } = entry(9, 5);
    void words;
    const good = entryHead.encode(head);
    list.push([
      'words',
      7,
      { head: good },
      new Y.Map(),
      forged([9, ulid(2)]),
      forged(entryHead.encode({ ...head, id: 'not an id' })),
      forged(entryHead.encode({ ...head, at: Number.MAX_SAFE_INTEGER })),
      forged(good, new Y.XmlText('<b>x</b>')),
      forged(good, 'plain', 'marks'),
    ]);
    addEntry(doc, entry(1, 5));
    addEntry(doc, entry(1, 6, { text: 'the same id again' }));
    const read = readTimeline(doc);
    expect(read.entries.map(({ id }) => id)).toEqual([ulid(1)]);
    expect(read.nonconforming).toHaveLength(10);
  });

  test('[INC-45] forged marks neither hide what others wrote nor make it unreadable', () => {
    const doc = new Y.Doc();
    addEntry(doc, entry(1, 5));
    const marks = (thing(doc) as Y.Map<unknown>).get('marks') as Y.Array<unknown>;
    const ring = (id: string, after: string, kind: number) => [1, id, 'eve', 1, [after], { kind }];
    marks.push([
      'words',
      [1],
      [1, 'x', 'eve', 3, null, { owner: 'eve' }],
      [1, 'y', 'eve', 3, null, { kind: 99 }],
    ]);
    expect(readTimeline(doc).entries).toMatchObject([{ kind: 'observation', hidden: false, marks: [] }]);
    marks.push([ring('a', 'b', 1), ring('b', 'a', 2)]);
    expect(readTimeline(doc).entries).toMatchObject([{ kind: 'decision' }]);
  });

  test('[INC-46] the replay of a room gives the same entries as the room', () => {
    const doc = new Y.Doc();
    addEntry(doc, entry(2, 50));
    addEntry(doc, entry(1, 20));
    changeEntry(thing(doc), { id: 'a', by: ANA, at: 6, set: { at: 10, hidden: true } });
    sharedText(thing(doc))?.insert(0, 'so ');
    const replayed = JSON.parse(JSON.stringify(readRoomContent(doc))) as ReturnType<typeof readRoomContent>;
    expect(readEntries(replayed.timeline.map(({ value }) => value))).toEqual(readTimeline(doc));
  });
});
