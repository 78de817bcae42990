import { roomName } from '@muster/documents';
import Sqlite from 'better-sqlite3';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import * as Y from 'yjs';
import type { Store } from '../../store.ts';
import { ANNE, admitPeople, createIncident, temporaryFolder } from '../../test-store.ts';
import { openSqliteStore } from '../open.ts';
import { putBackSumsOfBytes } from './test-before.ts';

/** The store as it was before: the log of a room ends at its older snapshot, and nothing else is kept of its past. */
const BEFORE = `
  drop table room_segment;
  drop table room_checkpoint;
  drop table number_gap;
  drop table restore;
  alter table instance drop column era;
  alter table instance drop column chain_seq;
  alter table instance drop column chain_hash;
  alter table document drop column indexed_seq;
  alter table document_update drop column recovered;
  delete from document_update where seq <= (
    select min(seq) from document_snapshot where name = document_update.name);
  delete from kysely_migration where name >= '0004';
`;

async function push(store: Store, room: string, edits: number): Promise<void> {
  const doc = new Y.Doc();
  const updates: Uint8Array[] = [];
  doc.on('update', (update: Uint8Array) => updates.push(update));
  for (let index = 0; index < edits; index += 1) doc.getArray('timeline').push([`line ${index}`]);
  const request = { name: room, person: ANNE, session: 's', clientIds: [doc.clientID] };
  await Promise.all(updates.map((update) => store.documents.append({ ...request, update })));
}

async function linesAt(store: Store, room: string, at: number): Promise<number | string> {
  const replay = await store.rooms.contentAt(room, at, null);
  if (replay.outcome !== 'found') return replay.outcome;
  const { content } = JSON.parse(new TextDecoder().decode(replay.found)) as {
    content: { timeline: unknown[] };
  };
  return content.timeline.length;
}

describe('0004-room-history', () => {
  it('begins the past of a room at what its log still stands on, and keeps that through later folds', async () => {
    const { folder, remove } = temporaryFolder();
    onTestFinished(remove);
    const file = join(folder, 'muster.db');
    const first = await openSqliteStore({ file });
    await admitPeople(first);
    const room = roomName(await createIncident(first));
    await first.documents.load(room);
    const made = Date.now();
    for (let fold = 0; fold < 2; fold += 1) {
      await push(first, room, 20);
      await first.documents.compact(room);
    }
    await first.close();
    const raw = new Sqlite(file);
    putBackSumsOfBytes(raw);
    raw.exec(BEFORE);
    raw.close();

    const store = await openSqliteStore({ file });
    onTestFinished(() => store.close());
    for (let fold = 0; fold < 2; fold += 1) {
      await push(store, room, 20);
      await store.documents.compact(room);
    }
    expect(await linesAt(store, room, Date.now())).toBe(80);
    expect(await linesAt(store, room, made - 1)).toBe('not-kept');
    expect((await store.verify()).findings).toEqual([]);
  });
});
