import { draftName, roomName } from '@muster/documents';
import Sqlite from 'better-sqlite3';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import * as Y from 'yjs';
import type { Store } from '../../store.ts';
import { ANNE, BERT, RITA, admitPeople, createIncident, temporaryFolder } from '../../test-store.ts';
import { openSqliteStore } from '../open.ts';
import { putBackSumsOfBytes } from './test-before.ts';

const YEAR_MS = 365 * 24 * 60 * 60 * 1000;
const DRAFTS = [ANNE, BERT, RITA].map(draftName);

const before = temporaryFolder();
let room: string;

/** A store of before with logs of every form: raw updates, snapshots, a segment and a checkpoint. */
beforeAll(async () => {
  const file = join(before.folder, 'muster.db');
  const store = await openSqliteStore({ file });
  await admitPeople(store);
  room = roomName(await createIncident(store));
  for (const edits of [120, 20]) {
    await push(store, room, 'timeline', edits);
    await store.documents.compact(room);
  }
  await store.rooms.keep(Date.now() + YEAR_MS);
  await push(store, room, 'timeline', 10);
  for (const draft of DRAFTS) await push(store, draft, 'draft:x', 3);
  await store.close();
  changeFile(file, putBackSumsOfBytes);
});

afterAll(before.remove);

function changeFile(file: string, work: (raw: Sqlite.Database) => void): void {
  const raw = new Sqlite(file).unsafeMode();
  work(raw);
  raw.close();
}

/** A copy of it for one test. */
function storeOfBefore() {
  const { folder, remove } = temporaryFolder();
  onTestFinished(remove);
  cpSync(before.folder, folder, { recursive: true });
  const file = join(folder, 'muster.db');
  const open = async (): Promise<Store> => {
    const opened = await openSqliteStore({ file });
    onTestFinished(() => opened.close());
    return opened;
  };
  return { change: (work: (raw: Sqlite.Database) => void) => changeFile(file, work), open };
}

async function push(store: Store, name: string, root: string, edits: number): Promise<void> {
  await store.documents.load(name);
  const doc = new Y.Doc();
  const updates: Uint8Array[] = [];
  doc.on('update', (update: Uint8Array) => updates.push(update));
  for (let index = 0; index < edits; index += 1) {
    if (name.startsWith('room/')) doc.getArray(root).push([`line ${index}`]);
    else doc.getText(root).insert(0, 'x');
  }
  const request = { name, person: ANNE, session: 's', clientIds: [doc.clientID] };
  await Promise.all(updates.map((update) => store.documents.append({ ...request, update })));
}

const damagedOf = async (store: Store): Promise<readonly (boolean | undefined)[]> =>
  (await Promise.all(DRAFTS.map((name) => store.documents.load(name)))).map((loaded) => loaded?.damaged);

describe('0007-row-sums', () => {
  it('gives every sound row a sum of the whole of it, and history reads on', async () => {
    const { open } = storeOfBefore();
    const store = await open();
    expect((await store.verify()).findings).toEqual([]);
    expect(await store.rooms.contentAt(room, Date.now(), null)).toMatchObject({ outcome: 'found' });
    expect(await damagedOf(store)).toEqual([false, false, false]);
  });

  it('leaves damaged what was damaged', async () => {
    const { change, open } = storeOfBefore();
    change((raw) => {
      raw.exec(`
        update document_update set bin = x'0000' where name = '${DRAFTS[1]}' and seq = 2;
        update document_snapshot set bin = x'0000' where seq = (select max(seq) from document_snapshot);
        update room_segment set bin = x'0000';
        update room_checkpoint set state = x'0000';
        pragma writable_schema = on;
        update sqlite_schema set sql = replace(sql, 'strict', '') where name = 'document_update';
      `);
    });
    // a value of another type, as a flipped bit makes it: the bytes of the update have their sum
    change((raw) => {
      raw.exec(`
        update document_update set person = cast(person as blob) where name = '${DRAFTS[2]}' and seq = 2;
        pragma writable_schema = on;
        update sqlite_schema set sql = sql || 'strict' where name = 'document_update';
      `);
    });
    const store = await open();
    expect(await damagedOf(store)).toEqual([false, true, true]);
    const findings = (await store.verify()).findings.join('\n');
    expect(findings).toMatch(/^snapshot: snapshot \d+ of room\/\w+ does not have its hash/m);
    expect(findings).toMatch(/^log: draft\/\w+: update 2 has a wrong checksum/m);
    expect(findings).toMatch(/^segment: segment 1 to \d+ of room\/\w+ does not have its hash/m);
    expect(findings).toMatch(/^checkpoint: checkpoint \d+ of room\/\w+ does not have its hash/m);
  });
});
