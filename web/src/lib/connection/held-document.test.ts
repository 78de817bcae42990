import { parseName, roomFragment } from '@muster/documents';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import * as Y from 'yjs';
import { openDocumentStore } from './document-store.ts';
import { MAX_TAIL } from './document-writer.ts';
import { HeldDocument } from './held-document.ts';
import { freshDisk, localDatabase } from './test-support/local.ts';
import { until } from './test-support/until.ts';
import { openWire } from './test-support/wire.ts';

const ROOM = 'room/R1';

beforeEach(freshDisk);

function hold(raw = ROOM, wire = openWire()) {
  const name = parseName(raw);
  if (!name) throw new Error(raw);
  const store = openDocumentStore(localDatabase());
  const onClosed = vi.fn();
  const onTaken = vi.fn();
  const document = new HeldDocument(name, {
    store,
    openLink: wire.openLink,
    ...{ onClosed, onTaken },
    onMoved: vi.fn(),
  });
  return { document, store, wire, onClosed, onTaken };
}

function type(document: HeldDocument, words: string): void {
  const fragment = roomFragment(document.doc, 'description');
  fragment.insert(fragment.length, [new Y.XmlText(words)]);
}

const wordsOf = (doc: Y.Doc) => roomFragment(doc, 'description').toString();

describe('a held document', () => {
  it('is on this device once the disk has it, and saved once the server has', async () => {
    const { document, store, wire } = hold();
    await document.opened;
    wire.unplug();
    type(document, 'pump 4 is hot');
    expect(document.hasUnkept).toBe(true);
    await until(() => !document.hasUnkept, 'on the disk');
    expect(document.state).toBe('on-this-device');
    expect(await store.about(ROOM)).toMatchObject({ unsent: true });
    wire.plugIn();
    await until(() => document.state === 'saved', 'saved');
    await until(async () => (await store.about(ROOM))?.unsent === false, 'the mark on the disk');
    expect(wordsOf(wire.document(ROOM))).toBe('pump 4 is hot');
  });

  it('is not called saved while the server has not acknowledged', async () => {
    const { document, wire } = hold();
    await until(() => document.synced, 'synced');
    wire.acknowledge(false);
    type(document, 'x');
    await document.flush();
    expect(document.state).toBe('on-this-device');
    wire.acknowledge(true);
    await until(() => document.state === 'saved', 'saved');
  });

  it('keeps unsent words over a reload and sends them then', async () => {
    const first = hold();
    await first.document.opened;
    first.wire.unplug();
    type(first.document, 'written in the tunnel');
    await first.document.destroy();
    const second = hold();
    await second.document.opened;
    expect(second.document.loaded).toBe(true);
    expect(wordsOf(second.document.doc)).toBe('written in the tunnel');
    await until(() => second.document.state === 'saved', 'saved');
    expect(wordsOf(second.wire.document(ROOM))).toBe('written in the tunnel');
  });

  it('keeps what was typed before the local copy was read', async () => {
    const { document, wire, store } = hold();
    wire.unplug();
    type(document, 'quick');
    await document.opened;
    await until(() => !document.hasUnkept, 'on the disk');
    const reread = new Y.Doc();
    expect(await store.load(ROOM, reread)).toMatchObject({ found: true, unsent: true });
    expect(wordsOf(reread)).toBe('quick');
  });

  it('says not saved when neither disk nor server takes it, and recovers when the disk does', async () => {
    const { document, wire, store } = hold();
    await document.opened;
    wire.unplug();
    const add = vi.spyOn(IDBObjectStore.prototype, 'add').mockImplementation(() => {
      throw new DOMException('Not enough room.', 'QuotaExceededError');
    });
    type(document, 'nowhere');
    await until(() => document.state === 'not-saved', 'not saved');
    expect(document.problem).toMatchObject({ code: 'storage-full' });
    expect(document.hasUnkept).toBe(true);
    add.mockRestore();
    await until(() => document.state === 'on-this-device', 'on the disk at last');
    const reread = new Y.Doc();
    await store.load(ROOM, reread);
    expect(wordsOf(reread)).toBe('nowhere');
  });

  it('says saved when the server has it, though the disk is full', async () => {
    const { document } = hold();
    await until(() => document.synced, 'synced');
    const add = vi.spyOn(IDBObjectStore.prototype, 'add').mockImplementation(() => {
      throw new DOMException('Not enough room.', 'QuotaExceededError');
    });
    type(document, 'x');
    await until(() => document.state === 'saved', 'saved');
    expect(document.hasUnkept).toBe(false);
    add.mockRestore();
  });

  it('folds a long tail into a snapshot that reads the same', async () => {
    const { document, store } = hold();
    await document.opened;
    for (let index = 0; index < MAX_TAIL + 20; index += 1) {
      type(document, `${index} `);
      await document.flush();
    }
    await until(async () => {
      const copy = await store.load(ROOM, new Y.Doc());
      return copy.generation === 1 && copy.tail < 20;
    }, 'compaction');
    const reread = new Y.Doc();
    await store.load(ROOM, reread);
    expect(Y.encodeStateAsUpdate(reread)).toEqual(Y.encodeStateAsUpdate(document.doc));
  });

  it('keeps what came together as one row, so that a busy room is not folded all the time', async () => {
    const { document, store } = hold();
    await document.opened;
    type(document, 'first');
    await document.flush();
    const { tail } = await store.load(ROOM, new Y.Doc());
    for (let index = 0; index < 50; index += 1) type(document, `${index} `);
    await document.flush();
    expect((await store.load(ROOM, new Y.Doc())).tail).toBeLessThanOrEqual(tail + 2);
    const reread = new Y.Doc();
    await store.load(ROOM, reread);
    expect(Y.encodeStateAsUpdate(reread)).toEqual(Y.encodeStateAsUpdate(document.doc));
  });

  it('never loses what another tab has stored when it compacts', async () => {
    const store = openDocumentStore(localDatabase());
    const mine = new Y.Doc();
    const theirs = new Y.Doc();
    roomFragment(theirs, 'description').insert(0, [new Y.XmlText('theirs')]);
    await store.append(ROOM, [Y.encodeStateAsUpdate(theirs)], { tab: 'theirs', count: 1 });
    // their tab compacts first, which this tab has not seen
    await store.compact(ROOM, theirs, 0);
    roomFragment(mine, 'description').insert(0, [new Y.XmlText('mine')]);
    await store.append(ROOM, [Y.encodeStateAsUpdate(mine)], { tab: 'mine', count: 1 });
    await store.compact(ROOM, mine, 0);
    const reread = new Y.Doc();
    expect(await store.load(ROOM, reread)).toMatchObject({ tail: 0, generation: 2 });
    expect(wordsOf(reread)).toContain('theirs');
    expect(wordsOf(reread)).toContain('mine');
  });

  it('opens empty and goes on with the server when the disk cannot be read', async () => {
    const open = vi.spyOn(indexedDB, 'open').mockImplementation(() => {
      throw new DOMException('Internal error.', 'UnknownError');
    });
    const { document, wire } = hold();
    roomFragment(wire.document(ROOM), 'description').insert(0, [new Y.XmlText('from the server')]);
    await until(() => document.synced, 'synced');
    open.mockRestore();
    expect(wordsOf(document.doc)).toBe('from the server');
    expect(document.problem).toMatchObject({ code: 'storage-lost' });
  });
});

describe('words that somebody else takes away', () => {
  /** A paragraph that all have, and the text in it as this device and as a colleague hold it. */
  async function twoIn(words: string) {
    const held = hold();
    const { document, wire } = held;
    await until(() => document.synced, 'synced');
    const paragraph = new Y.XmlElement('paragraph');
    paragraph.insert(0, [new Y.XmlText(words)]);
    roomFragment(document.doc, 'description').insert(0, [paragraph]);
    await until(() => document.state === 'saved', 'saved');
    const server = wire.document(ROOM);
    const textIn = (doc: Y.Doc) =>
      (roomFragment(doc, 'description').get(0) as Y.XmlElement).get(0) as Y.XmlText;
    const removeAll = () => roomFragment(server, 'description').delete(0, 1);
    return { ...held, server, textIn, removeAll };
  }

  it('are told to who wrote them, when nobody else had seen them', async () => {
    const { document, wire, onTaken, textIn, removeAll } = await twoIn('line 3');
    wire.unplug();
    textIn(document.doc).insert(6, ' keep this');
    removeAll();
    wire.plugIn();
    await until(() => document.state === 'saved', 'saved');
    expect(wordsOf(document.doc)).toBe('');
    expect(onTaken.mock.calls).toEqual([[document, ' keep this']]);
  });

  it('are nobody’s loss when they had been seen', async () => {
    const { document, onTaken, textIn, removeAll, server } = await twoIn('line 3');
    textIn(document.doc).insert(6, ' and seen');
    await until(() => document.state === 'saved', 'saved');
    expect(textIn(server).toString()).toBe('line 3 and seen');
    removeAll();
    expect(wordsOf(document.doc)).toBe('');
    expect(onTaken).not.toHaveBeenCalled();
  });

  it('are not told of where somebody writes beside them', async () => {
    const { document, wire, onTaken, textIn, server } = await twoIn('line 3');
    wire.unplug();
    textIn(document.doc).insert(6, ' mine');
    textIn(server).delete(0, 4);
    wire.plugIn();
    await until(() => document.state === 'saved', 'saved');
    expect(textIn(document.doc).toString()).toBe(' 3 mine');
    expect(onTaken).not.toHaveBeenCalled();
  });
});
