import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { turn } from '../../test-support/fake-clock.ts';
import { startMachine } from '../../test-support/machine.ts';
import type { Machine, RawClient } from '../../test-support/machine.ts';

const ROOM = 'room/R1';

const write =
  (root: string, words: string) =>
  (doc: Y.Doc): void => {
    const paragraph = new Y.XmlElement('paragraph');
    paragraph.insert(0, [new Y.XmlText(words)]);
    doc.getXmlFragment(root).push([paragraph]);
  };
const clear =
  (root: string) =>
  (doc: Y.Doc): void => {
    const fragment = doc.getXmlFragment(root);
    fragment.delete(0, fragment.length);
  };
const wordsIn = (doc: Y.Doc, root: string): string => doc.getXmlFragment(root).toString();
const OLD = '<paragraph>approved</paragraph>';

async function room(): Promise<{ machine: Machine; ada: RawClient; bob: RawClient }> {
  const machine = startMachine();
  machine.documents.create(ROOM, write('implementation', 'approved'));
  const ada = await (await machine.open('ada', ROOM)).sync();
  const bob = await (await machine.open('bob', ROOM)).sync();
  bob.news();
  return { machine, ada, bob };
}

describe('what a record locks', () => {
  test.each([
    ['written on', write('implementation', 'more'), 'implementation: locked'],
    ['taken away', clear('implementation'), 'implementation: locked'],
    [
      'marked',
      (doc: Y.Doc) => {
        const paragraph = doc.getXmlFragment('implementation').get(0) as Y.XmlElement;
        (paragraph.get(0) as Y.XmlText).format(0, 3, { bold: true });
      },
      'implementation: locked',
    ],
    [
      'written with others',
      (doc: Y.Doc) => {
        write('notes', 'aside')(doc);
        write('test', 'x')(doc);
        write('backout', 'x')(doc);
      },
      'backout, test: locked',
    ],
  ])('[SYN-49] [SYN-16] is not %s: refused by name, kept, and shown to nobody', async (_how, edit, text) => {
    const { machine, ada, bob } = await room();
    machine.documents.lock(ROOM);
    await ada.edit(edit);
    expect(ada.of('nack')).toMatchObject([{ code: 'locked', text: expect.stringContaining(text) as string }]);
    expect(ada.closedWith).toBe(4409);
    expect(machine.documents.rejected).toMatchObject([{ person: 'ada', code: 'locked' }]);
    expect(bob.news()).toEqual([]);
    const again = await (await machine.open('ada', ROOM)).sync();
    for (const copy of [machine.documents.read(ROOM), bob.doc, again.doc])
      expect([wordsIn(copy, 'implementation'), wordsIn(copy, 'notes')]).toEqual([OLD, '']);
  });

  test('[SYN-49] leaves the rest of the document to be written', async () => {
    const { machine, ada, bob } = await room();
    machine.documents.lock(ROOM);
    await ada.edit(write('review', 'what we learned'));
    await ada.edit(clear('review'));
    await ada.edit((doc) => doc.getArray('timeline').push(['began']));
    await bob.take().edit(write('notes', 'and more'));
    expect([ada.closedWith, bob.closedWith]).toEqual([null, null]);
    expect(machine.documents.read(ROOM).getArray('timeline').toArray()).toEqual(['began']);
  });

  test('[SYN-49] refuses none who says again what was deleted before', async () => {
    const { machine, ada } = await room();
    await ada.edit(clear('implementation'));
    await ada.edit(write('implementation', 'newer'));
    machine.documents.lock(ROOM);
    const away = await machine.open('ada', ROOM);
    Y.applyUpdate(away.doc, Y.encodeStateAsUpdate(ada.doc));
    away.make(write('notes', 'written offline'));
    await away.sync();
    expect(away.closedWith).toBeNull();
    expect(wordsIn(machine.documents.read(ROOM), 'notes')).toContain('written offline');
  });

  test('[SYN-49] lets nobody in with the same deletion as somebody who is refused it', async () => {
    const { machine, ada, bob } = await room();
    machine.documents.lock(ROOM);
    machine.documents.holdAppends();
    await ada.edit(clear('implementation'));
    await bob.edit(clear('implementation'));
    machine.documents.releaseAppends();
    await turn();
    expect([ada.closedWith, bob.closedWith]).toEqual([4409, 4409]);
    expect(wordsIn(machine.documents.read(ROOM), 'implementation')).toBe(OLD);
  });

  test('[SYN-49] of what comes together refuses those alone who write what is locked', async () => {
    const { machine, ada, bob } = await room();
    machine.documents.lock(ROOM);
    await Promise.all([ada.edit(write('implementation', 'more')), bob.edit(write('notes', 'with it'))]);
    expect([ada.closedWith, bob.closedWith]).toEqual([4409, null]);
    const kept = machine.documents.read(ROOM);
    expect([wordsIn(kept, 'implementation'), wordsIn(kept, 'notes')]).toEqual([
      OLD,
      '<paragraph>with it</paragraph>',
    ]);
  });
});
