import { roomName } from '@muster/documents';
import Sqlite from 'better-sqlite3';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import * as Y from 'yjs';
import type { Store } from '../../store.ts';
import { ANNE, admitPeople, createIncident, temporaryFolder } from '../../test-store.ts';
import { openConnection } from '../connection.ts';
import { openSqliteStore } from '../open.ts';
import { Statements } from '../statements.ts';
import { RoomKeeping } from './room-keeping.ts';

const YEAR_MS = 365 * 24 * 60 * 60 * 1000;
const EDITS = 260;

/** A room whose first updates are in a segment: written, folded twice, and its time over. */
async function openWithSegment() {
  const { folder, remove } = temporaryFolder();
  const file = join(folder, 'muster.db');
  const store = await openSqliteStore({ file });
  onTestFinished(async () => {
    await store.close();
    remove();
  });
  await admitPeople(store);
  const room = roomName(await createIncident(store));
  await type(store, room, EDITS);
  await store.documents.compact(room);
  await type(store, room, 10);
  await store.documents.compact(room);
  return { store, file, room };
}

async function type(store: Store, room: string, edits: number): Promise<void> {
  const loaded = await store.documents.load(room);
  const doc = new Y.Doc();
  if (loaded?.snapshot) Y.applyUpdate(doc, loaded.snapshot);
  for (const update of loaded?.tail ?? []) Y.applyUpdate(doc, update);
  const updates: Uint8Array[] = [];
  doc.on('update', (update: Uint8Array) => updates.push(update));
  const notes = doc.getXmlFragment('notes');
  if (notes.length === 0) notes.insert(0, [new Y.XmlText()]);
  const text = notes.get(0);
  for (let index = 0; index < edits && text instanceof Y.XmlText; index += 1) text.insert(text.length, 'x');
  const request = { name: room, person: ANNE, session: 's', clientIds: [doc.clientID] };
  await Promise.all(updates.map((update) => store.documents.append({ ...request, update })));
}

const rawUpdates = async (store: Store, room: string): Promise<number> =>
  (await store.reader.selectFrom('document_update').select('seq').where('name', '=', room).execute()).length;

const notesAt = async (store: Store, room: string, at: number): Promise<unknown> => {
  const replay = await store.rooms.contentAt(room, at, null);
  if (replay.outcome !== 'found') return replay.outcome;
  const { content } = JSON.parse(new TextDecoder().decode(replay.found)) as {
    content: { notes: { text: string } };
  };
  return content.notes.text.length;
};

describe('segments of rooms', () => {
  it('[SYN-34] raw updates of a room stay for their time, then a segment holds them and a replay reads on', async () => {
    const { store, room } = await openWithSegment();
    const before = await rawUpdates(store, room);
    expect(before).toBeGreaterThan(EDITS);
    expect(await store.rooms.keep(Date.now() - YEAR_MS)).toBe(0);
    expect(await rawUpdates(store, room)).toBe(before);
    expect(await store.rooms.keep(Date.now() + YEAR_MS)).toBe(1);
    expect(await rawUpdates(store, room)).toBeLessThan(20);
    expect(await notesAt(store, room, Date.now())).toBe(EDITS + 10);
    expect(await store.rooms.stateAt(room, Date.now())).toMatchObject({ outcome: 'found' });
    expect((await store.verify()).findings).toEqual([]);
  });

  it('[SYN-34] raw updates that no segment holds are never taken away', async () => {
    const { store, file, room } = await openWithSegment();
    const before = await rawUpdates(store, room);
    const raw = openConnection(file, { readonly: false });
    new RoomKeeping(new Statements(raw)).pruneRaw(room);
    raw.close();
    expect(await rawUpdates(store, room)).toBe(before);
  });

  it('a damaged segment is named by verify and answered as damage, and the room itself still opens', async () => {
    const { store, file, room } = await openWithSegment();
    await store.rooms.keep(Date.now() + YEAR_MS);
    const raw = new Sqlite(file);
    raw.exec('delete from room_checkpoint');
    raw.exec(`update room_segment set bin = cast(substr(bin, 1, 40) || x'00' || substr(bin, 42) as blob)`);
    raw.close();
    expect(await notesAt(store, room, Date.now())).toBe('damaged');
    expect((await store.verify()).findings.join()).toContain(`of ${room} does not have its hash`);
    expect(await store.documents.load(room)).toMatchObject({ damaged: false });
  });

  it('a damaged update is never put into a segment', async () => {
    const { store, file, room } = await openWithSegment();
    const raw = new Sqlite(file);
    raw.prepare('update document_update set crc = crc + 1 where name = ? and seq = 7').run(room);
    raw.close();
    expect(await store.rooms.keep(Date.now() + YEAR_MS)).toBe(0);
    expect(await rawUpdates(store, room)).toBeGreaterThan(EDITS);
  });

  it('a backup carries segments and checkpoints', async () => {
    const { store, file, room } = await openWithSegment();
    await store.rooms.keep(Date.now() + YEAR_MS);
    const copy = `${file}.copy`;
    await store.backup(copy);
    const restored = await openSqliteStore({ file: copy });
    onTestFinished(() => restored.close());
    expect(await notesAt(restored, room, Date.now())).toBe(EDITS + 10);
  });
});
