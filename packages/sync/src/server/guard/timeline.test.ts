import {
  addEntry,
  addTask,
  changeEntry,
  readTimeline,
  roomName,
  sharedText,
  writtenList,
} from '@muster/documents';
import { personId, recordId } from '@muster/domain/shared';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { startMachine } from '../../test-support/machine.ts';

const ROOM = roomName(recordId('R1'));
const ADA = personId('ada');
const ENTRY = {
  id: '01HZZZZZZZZZZZZZZZZZZZ0001',
  at: 5,
  writtenAt: 5,
  by: ADA,
  kind: 'action',
  text: 'restarted',
  source: null,
} as const;

async function writer() {
  const machine = startMachine();
  machine.documents.create(ROOM);
  const ada = await (await machine.open('ada', ROOM)).sync();
  return { machine, ada };
}

describe('the guard and the timeline of a room', () => {
  test('[INC-41] takes entries, words in them, marks on them and tasks', async () => {
    const { machine, ada } = await writer();
    await ada.edit((doc) => addEntry(doc, ENTRY));
    await ada.edit((doc) => sharedText(writtenList(doc, 'timeline').get(0))?.insert(9, ' twice'));
    await ada.edit((doc) =>
      changeEntry(writtenList(doc, 'timeline').get(0), {
        id: 'a',
        by: ADA,
        at: 6,
        set: { kind: 'decision' },
      }),
    );
    await ada.edit((doc) => addTask(doc, { id: ENTRY.id, writtenAt: 5, by: ADA, text: 'call the vendor' }));
    expect(ada.closedWith).toBeNull();
    expect(readTimeline(machine.documents.read(ROOM)).entries).toMatchObject([
      { text: 'restarted twice', kind: 'decision' },
    ]);
  });

  test.each<[string, (doc: Y.Doc) => void, string]>([
    ['a document inside', (doc) => push(doc, 'text', new Y.Doc()), 'sub-document'],
    ['bytes for words', (doc) => push(doc, 'text', Uint8Array.of(1)), 'binary'],
    ['a reserved key', (doc) => push(doc, '__proto__', 1), 'reserved-key'],
    ['lists without an end', (doc) => push(doc, 'marks', deep(8)), 'too-deep'],
  ])('[INC-41] refuses an entry with %s', async (_what, forge, code) => {
    const { machine, ada } = await writer();
    await ada.edit(forge);
    expect(ada.of('nack')).toMatchObject([{ code }]);
    expect(machine.documents.read(ROOM).getArray('timeline').length).toBe(0);
  });

  test.each<[string, (doc: Y.Doc) => void]>([
    ['words that are markup', (doc) => push(doc, 'text', new Y.XmlText('x'))],
    ['an element for words', (doc) => push(doc, 'text', new Y.XmlElement('script'))],
    ['no head', (doc) => push(doc, 'text', new Y.Text('x'))],
  ])('[INC-45] an entry with %s is taken and set aside by every reader', async (_what, forge) => {
    const { machine, ada } = await writer();
    await ada.edit(forge);
    await ada.edit((doc) => addEntry(doc, ENTRY));
    expect(ada.closedWith).toBeNull();
    const read = readTimeline(machine.documents.read(ROOM));
    expect([read.entries.length, read.nonconforming.length]).toEqual([1, 1]);
  });
});

function push(doc: Y.Doc, key: string, value: unknown): void {
  const map = new Y.Map<unknown>();
  map.set(key, value);
  doc.getArray('timeline').push([map]);
}

/** Lists in lists, the innermost filled last: what is made too deep at once is refused as well. */
function deep(levels: number): Y.Array<unknown> {
  const list = new Y.Array<unknown>();
  if (levels > 0) list.push([deep(levels - 1)]);
  return list;
}
