import { personId } from '@muster/domain/shared';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { ENTRY_KINDS, addEntry, changeEntry, compareEntries, readTimeline } from './entry.ts';
import { addTask, changeTask, readTasks } from './task.ts';
import { sharedText, writtenList } from './written-list.ts';

const WRITERS = 3;
const step = fc.record({
  writer: fc.nat(WRITERS - 1),
  act: fc.constantFrom('entry', 'word', 'kind', 'time', 'hide', 'task', 'tick', 'meet'),
  pick: fc.nat(50),
  at: fc.integer({ min: 0, max: 20 }),
});

describe('a timeline that several people write', () => {
  test('[INC-40] [INC-42] any interleaving gives all the same, in one order, with each word once', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const docs = Array.from({ length: WRITERS }, () => new Y.Doc());
        const said: string[] = [];
        let made = 0;
        for (const [n, { writer, act, pick, at }] of steps.entries()) {
          const doc = docs[writer] as Y.Doc;
          const by = personId(`p${writer}`);
          const list = writtenList(doc, act === 'tick' ? 'checklist' : 'timeline');
          const thing = list.length === 0 ? null : list.get(pick % list.length);
          const id = `01HZZZZZZZZZZZZZZZZZZZ${String(n).padStart(4, '0')}`;
          const word = `w${n}.`;
          const mark = { id, by, at };
          if (act === 'entry') {
            addEntry(doc, { id, at, writtenAt: at, by, kind: 'action', source: null, text: word });
            said.push(word);
            made += 1;
          } else if (act === 'word') {
            const text = sharedText(thing);
            text?.insert(text.length, word);
            if (text) said.push(word);
          } else if (act === 'kind') {
            changeEntry(thing, { ...mark, set: { kind: ENTRY_KINDS[pick % ENTRY_KINDS.length] ?? 'pin' } });
          } else if (act === 'time') changeEntry(thing, { ...mark, set: { at: pick } });
          else if (act === 'hide') changeEntry(thing, { ...mark, set: { hidden: pick % 2 === 0 } });
          else if (act === 'task') addTask(doc, { id, writtenAt: at, by, text: word });
          else if (act === 'tick') {
            changeTask(thing, { ...mark, set: { done: pick % 2 === 0, evidence: at > 10 ? 'seen' : '' } });
          } else {
            const other = docs[(writer + 1) % WRITERS] as Y.Doc;
            Y.applyUpdate(other, Y.encodeStateAsUpdate(doc, Y.encodeStateVector(other)));
          }
        }
        for (const doc of docs) {
          for (const other of docs) Y.applyUpdate(doc, Y.encodeStateAsUpdate(other));
        }
        const reads = docs.map((doc) => ({ ...readTimeline(doc), ...{ tasks: readTasks(doc).tasks } }));
        for (const read of reads) expect(read).toEqual(reads[0]);
        const entries = reads[0]?.entries ?? [];
        expect(entries).toHaveLength(made);
        expect(entries).toEqual([...entries].sort(compareEntries));
        const all = entries.map(({ text }) => text).join('');
        for (const word of said) expect(all.split(word)).toHaveLength(2);
      }),
      { seed: 40, numRuns: 150 },
    );
  });
});
