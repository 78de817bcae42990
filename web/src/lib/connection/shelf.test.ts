import { boardName, boardRows, roomFragment, seedRoom } from '@muster/documents';
import { recordId } from '@muster/domain/shared';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import * as Y from 'yjs';
import type { ListedDocument } from './api.ts';
import { BoundaryError } from './boundary-error.ts';
import { openDocumentStore } from './document-store.ts';
import type { HeldDocument } from './held-document.ts';
import { HeldDocuments } from './held-documents.ts';
import { openNotes } from './notes.ts';
import { Shelf } from './shelf.ts';
import type { ShelfOptions } from './shelf.ts';
import { freshDisk, localDatabase } from './test-support/local.ts';
import { until } from './test-support/until.ts';
import { openWire } from './test-support/wire.ts';

const FIRST = boardName('incident', 1);
const SECOND = boardName('incident', 2);
const MY_INBOX = 'inbox/ANA';

beforeEach(freshDisk);

function openShelf(options: Partial<ShelfOptions> = {}, wire = openWire()) {
  const database = localDatabase();
  const store = openDocumentStore(database);
  const rescued: string[] = [];
  const shelf = new Shelf({
    store,
    openLink: wire.openLink,
    isUnmade: () => false,
    isJustMade: () => false,
    rescue: (document: HeldDocument) => {
      rescued.push(roomFragment(document.doc, 'description').toString());
      return Promise.resolve();
    },
    ...{ onClosed: vi.fn(), onTaken: vi.fn() },
    ...options,
  });
  return { shelf, store, database, wire, rescued };
}

function openHeld(
  listed: () => readonly ListedDocument[] | BoundaryError,
  opened = openShelf(),
  beforeBoards = () => Promise.resolve(),
) {
  const held = new HeldDocuments({
    shelf: opened.shelf,
    notes: openNotes(opened.database),
    beforeBoards,
    api: {
      documents: () => {
        const answer = listed();
        return answer instanceof BoundaryError ? Promise.reject(answer) : Promise.resolve(answer);
      },
    },
  });
  return { held, ...opened };
}

const board = (name: string): ListedDocument => ({ name, kind: 'board' });
const rowsOf = (document: HeldDocument | null | undefined) =>
  document ? [...boardRows(document.doc).keys()] : null;

describe('the documents held', () => {
  it('start from the names of the last visit, without a network', async () => {
    const first = openHeld(() => [board(FIRST), { name: MY_INBOX, kind: 'inbox' }]);
    boardRows(first.wire.document(FIRST)).set('R1', [1]);
    await first.held.refresh();
    await until(() => first.shelf.documents.every((document) => document.synced), 'synced');
    await Promise.all(first.shelf.documents.map((document) => document.flush()));
    await first.shelf.close();
    const offline = openWire();
    offline.unplug();
    const second = openHeld(
      () => new BoundaryError('network', 'The server cannot be reached.'),
      openShelf({}, offline),
    );
    await second.held.start();
    await expect(second.held.refresh()).rejects.toMatchObject({ code: 'network' });
    const [handle] = second.held.of('board');
    await until(() => handle?.current?.loaded === true, 'the local copy');
    expect(rowsOf(handle?.current)).toEqual(['R1']);
  });

  it('are read boards last, after what can be shown without them, unless the server was faster', async () => {
    const first = openHeld(() => [board(FIRST), { name: MY_INBOX, kind: 'inbox' }]);
    await first.held.refresh();
    for (const isServerFaster of [false, true]) {
      const shown = Promise.withResolvers<void>();
      const { held } = openHeld(
        () => [board(SECOND)],
        openShelf(),
        () => shown.promise,
      );
      const started = held.start();
      await until(() => held.of('inbox').length === 1, 'the inbox');
      expect(held.of('board')).toEqual([]);
      if (isServerFaster) await held.refresh();
      shown.resolve();
      await started;
      expect(held.of('board').map(({ current }) => current?.name.raw)).toEqual([
        isServerFaster ? SECOND : FIRST,
      ]);
    }
  });

  it('keep what the server has named when the disk answers after it', async () => {
    const { held, shelf } = openHeld(() => [board(FIRST), { name: MY_INBOX, kind: 'inbox' }]);
    await held.refresh();
    const names = shelf.documents.map(({ name }) => name.raw);
    const seen: (readonly string[])[] = [];
    held.onChange(() => seen.push(shelf.documents.map(({ name }) => name.raw)));
    await held.start();
    expect(names).toContain(FIRST);
    expect(seen).toEqual([]);
    expect(shelf.documents.map(({ name }) => name.raw)).toEqual(names);
  });

  it('change to another epoch without going empty, and forget the old copy', async () => {
    let listed = [board(FIRST)];
    const { held, shelf, store, wire } = openHeld(() => listed);
    boardRows(wire.document(FIRST)).set('R1', [1]);
    boardRows(wire.document(SECOND)).set('R1', [1]);
    await held.refresh();
    const [handle] = held.of('board');
    await until(() => handle?.current?.synced === true, 'the first epoch');
    await handle?.current?.flush();
    const seen: (readonly string[] | null)[] = [];
    handle?.onChange(() => seen.push(rowsOf(handle.current)));
    listed = [board(SECOND)];
    await held.refresh();
    await until(() => handle?.current?.name.raw === SECOND, 'the second epoch');
    expect(seen.every((rows) => rows?.length === 1)).toBe(true);
    await until(async () => (await store.about(FIRST)) === null, 'the old copy gone');
    expect(wire.opened()).toEqual([SECOND]);
    await shelf.close();
  });

  it('follow a move that the server announces', async () => {
    const { held, wire } = openHeld(() => [board(FIRST)]);
    await held.refresh();
    const [handle] = held.of('board');
    await until(() => handle?.current?.synced === true, 'the first epoch');
    wire.move(FIRST, SECOND);
    await until(() => handle?.current?.name.raw === SECOND, 'the second epoch');
    expect(handle?.current?.loaded).toBe(true);
  });

  it('leave this device when the server no longer names them', async () => {
    let listed = [board(FIRST)];
    const { held, store, wire } = openHeld(() => listed);
    boardRows(wire.document(FIRST)).set('R1', [1]);
    await held.refresh();
    const [handle] = held.of('board');
    await until(() => handle?.current?.synced === true, 'synced');
    await handle?.current?.flush();
    listed = [];
    await held.refresh();
    expect(handle?.current).toBeNull();
    await until(async () => (await store.about(FIRST)) === null, 'the copy gone');
  });
});

describe('the shelf', () => {
  it('holds a document once for all its readers, and lets go after the last', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const { shelf, wire } = openShelf();
    const [one, two] = [shelf.open('room/R1'), shelf.open('room/R1')];
    expect(one.current).toBe(two.current);
    one.release();
    one.release();
    await vi.advanceTimersByTimeAsync(20_000);
    expect(shelf.documents).toHaveLength(1);
    two.release();
    await vi.advanceTimersByTimeAsync(20_000);
    vi.useRealTimers();
    expect(shelf.documents).toHaveLength(0);
    await until(() => wire.opened().length === 0, 'the link gone');
  });

  it('deletes the local copy of a record that may no longer be read', async () => {
    const { shelf, store, wire } = openShelf();
    seedRoom(wire.document('room/R1'), 'secret');
    const handle = shelf.open('room/R1');
    await until(() => handle.current?.synced === true, 'synced');
    await handle.current?.flush();
    wire.closeDocument('room/R1', 'forbidden');
    await until(() => handle.current === null, 'out of sight');
    await until(async () => (await store.about('room/R1')) === null, 'the copy gone');
    expect(await store.load('room/R1', new Y.Doc())).toMatchObject({ found: false });
  });

  it('deletes what it kept of a record that left the boards for others, though nobody has it open', async () => {
    const { wire, ...visit } = openShelf();
    for (const room of ['room/R1', 'room/R2']) {
      seedRoom(wire.document(room), 'secret');
      const handle = visit.shelf.open(room);
      await until(() => handle.current?.synced === true, 'synced');
      await handle.current?.flush();
    }
    await visit.shelf.close();
    wire.forbid('room/R1');
    const { shelf, store } = openShelf({}, wire);
    await shelf.askFor(new Set([recordId('R1'), recordId('R2')]));
    await until(async () => (await store.about('room/R1')) === null, 'the copy gone');
    expect(await store.about('room/R2')).not.toBeNull();
  });

  it('reads again what it lost, when the record is shown again', async () => {
    const { shelf, wire } = openShelf();
    seedRoom(wire.document('room/R1'), 'open again');
    const handle = shelf.open('room/R1');
    await until(() => handle.current?.synced === true, 'synced');
    wire.closeDocument('room/R1', 'forbidden');
    await until(() => handle.current === null, 'out of sight');
    shelf.retryForbidden(() => false);
    expect(handle.current).toBeNull();
    shelf.retryForbidden((id) => id === recordId('R1'));
    await until(() => handle.current?.synced === true, 'read again');
  });

  it('keeps the words of a refused update and begins again from the server', async () => {
    const { shelf, wire, rescued } = openShelf();
    seedRoom(wire.document('room/R1'), 'as agreed');
    const handle = shelf.open('room/R1');
    await until(() => handle.current?.synced === true, 'synced');
    const before = handle.current;
    wire.acknowledge(false);
    wire.unplug();
    if (before) seedRoomFurther(before.doc, 'refused words');
    wire.closeDocument('room/R1', 'update-rejected');
    wire.plugIn();
    await until(() => handle.current !== before && handle.current?.synced === true, 'read anew');
    expect(rescued).toEqual([expect.stringContaining('refused words')]);
    expect(roomFragment(handle.current?.doc ?? new Y.Doc(), 'description').toString()).toBe(
      '<paragraph>as agreed</paragraph>',
    );
  });

  it('keeps the room of a record that the server has not made yet, and asks again when it has', async () => {
    const { shelf, store, wire, rescued } = openShelf({ isUnmade: (id) => id === recordId('R9') });
    const handle = shelf.open('room/R9');
    await handle.current?.opened;
    if (handle.current) seedRoomFurther(handle.current.doc, 'made in the tunnel');
    await handle.current?.flush();
    wire.closeDocument('room/R9', 'forbidden');
    expect(handle.current?.closed).toBe('forbidden');
    expect(await store.about('room/R9')).not.toBeNull();
    shelf.retryGone(recordId('R9'));
    await until(() => handle.current?.synced === true, 'connected again');
    expect(roomFragment(wire.document('room/R9'), 'description').toString()).toContain('made in the tunnel');
    expect(rescued).toEqual([]);
  });

  it('asks once more for the room of a record just made, when the word of none comes late', async () => {
    const { shelf, wire } = openShelf({ isJustMade: (id) => id === recordId('R9') });
    const handle = shelf.open('room/R9');
    await until(() => handle.current?.synced === true, 'connected');
    wire.closeDocument('room/R9', 'gone');
    seedRoom(wire.document('room/R9'), 'made after all');
    await until(() => handle.current?.synced === true, 'connected again');
    expect(roomFragment(handle.current?.doc ?? new Y.Doc(), 'description').toString()).toContain('after all');
    wire.closeDocument('room/R9', 'gone');
    await until(() => handle.current === null, 'gone for good');
  });

  it('brings nothing any more once it is closed, and keeps no other tab from it', async () => {
    const awaited = { name: 'room/R1', unsent: true, awaited: true, usedAt: 0, heldVersion: 0 };
    const wire = openWire();
    wire.unplug();
    const { store } = openShelf();
    const { shelf } = openShelf({ store: { ...store, list: () => Promise.resolve([awaited]) } }, wire);
    const bringing = shelf.bringAwaited(() => undefined);
    await until(() => shelf.documents.length === 1, 'the room held');
    await shelf.close();
    await expect(bringing).resolves.toBeUndefined();
  });

  it('sends what an earlier visit left unsent, though nobody opens it', async () => {
    const offline = openWire();
    offline.unplug();
    const first = openShelf({}, offline);
    const handle = first.shelf.open('room/R1');
    if (handle.current) seedRoomFurther(handle.current.doc, 'left behind');
    await handle.current?.flush();
    await first.shelf.close();
    const second = openShelf();
    await second.shelf.sendLeftovers();
    await until(
      () => roomFragment(second.wire.document('room/R1'), 'description').toString().includes('left behind'),
      'at the server',
    );
    await until(async () => (await second.store.about('room/R1'))?.unsent === false, 'marked as sent');
    expect(second.shelf.documents.map((document) => document.state)).toEqual(['saved']);
  });
});

function seedRoomFurther(doc: Y.Doc, words: string): void {
  const paragraph = new Y.XmlElement('paragraph');
  paragraph.insert(0, [new Y.XmlText(words)]);
  const fragment = roomFragment(doc, 'description');
  fragment.insert(fragment.length, [paragraph]);
}
