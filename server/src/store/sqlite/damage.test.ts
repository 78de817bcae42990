import Sqlite from 'better-sqlite3';
import { boardName, draftName, recordName } from '@muster/documents';
import { cpSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import type { Store } from '../store.ts';
import {
  ANNE,
  BERT,
  RITA,
  actor,
  admitPeople,
  command,
  createIncident,
  runOne,
  temporaryFolder,
} from '../test-store.ts';
import { openSqliteStore } from './open.ts';

/** A store that is written to, closed, changed behind its back and opened again. */
async function damaged(
  prepare: (store: Store) => Promise<void>,
  damage: (file: Sqlite.Database) => void,
  look: (store: Store) => Promise<void>,
): Promise<void> {
  const { folder, remove } = temporaryFolder();
  const file = join(folder, 'muster.db');
  const before = await openSqliteStore({ file });
  await admitPeople(before);
  await prepare(before);
  await before.close();
  const raw = new Sqlite(file);
  damage(raw);
  raw.close();
  const after = await openSqliteStore({ file });
  await look(after);
  await after.close();
  remove();
}

const someIncidents = async (store: Store): Promise<void> => {
  for (let index = 0; index < 3; index += 1) await createIncident(store);
};

describe('a damaged log', () => {
  const board = boardName('incident', 1);

  it('falls back from a torn snapshot to the one before with a longer tail', async () => {
    const twoSnapshots = async (store: Store): Promise<void> => {
      for (let index = 0; index < 2; index += 1) {
        await someIncidents(store);
        await store.documents.compact(board);
      }
    };
    const tear = `update document_snapshot set bin = substr(bin, 1, length(bin) / 2)
      where name = '${board}' and seq = (select max(seq) from document_snapshot where name = '${board}')`;
    await damaged(
      twoSnapshots,
      (file) => void file.exec(tear),
      async (store) => {
        const loaded = await store.documents.load(board);
        expect(loaded).toMatchObject({ damaged: false });
        expect(loaded?.tail.length).toBe(3);
        expect((await store.verify()).findings).toEqual([
          expect.stringMatching(/^snapshot: .* does not have its hash/),
        ]);
      },
    );
  });

  it('makes what people wrote readable as far as it verifies, and never writable', async () => {
    const document = draftName(ANNE);
    const typed = new Y.Doc();
    const updates: Uint8Array[] = [];
    typed.on('update', (update) => updates.push(update));
    for (const letter of 'abc') typed.getText('draft:x').insert(0, letter);
    const write = async (store: Store): Promise<void> => {
      await store.documents.load(document);
      for (const update of updates) {
        await store.documents.append({
          name: document,
          person: ANNE,
          session: 's',
          clientIds: [typed.clientID],
          update,
        });
      }
    };
    const flip = `update document_update set bin = x'0000' where name = '${document}' and seq = 3`;
    await damaged(
      write,
      (file) => void file.exec(flip),
      async (store) => {
        expect(await store.documents.load(document)).toMatchObject({
          damaged: true,
          tail: updates.slice(0, 2),
        });
        const again = {
          name: document,
          person: ANNE,
          session: 's',
          clientIds: [1],
          update: Uint8Array.of(0, 0),
        };
        expect(await store.documents.append(again)).toEqual({ ok: false, code: 'damaged' });
        expect((await store.status()).damaged).toEqual([document]);
      },
    );
  });

  it('keeps no sound document that is asked for with it from its reader', async () => {
    const names = [draftName(ANNE), draftName(BERT), draftName(RITA)];
    await damaged(
      async (store) => {
        for (const name of names) await store.documents.load(name);
      },
      (file) => void file.exec(`update document set head_seq = head_seq + 1 where name = '${names[1]}'`),
      async (store) => {
        const loaded = await Promise.all(names.map((name) => store.documents.load(name)));
        expect(loaded.map((document) => [document?.name, document?.damaged])).toEqual([
          [names[0], false],
          [names[1], true],
          [names[2], false],
        ]);
      },
    );
  });

  it('makes a projection again from SQL under a next epoch, and commands go on', async () => {
    let id = '' as Awaited<ReturnType<typeof createIncident>>;
    const openHistory = async (store: Store): Promise<void> => {
      id = await createIncident(store);
      await store.documents.load(recordName(id));
    };
    const flip = `update document_update set bin = x'00'`;
    await damaged(
      openHistory,
      (file) => void file.exec(flip),
      async (store) => {
        expect(await runOne(store, command('incident.claim', id, {}, 1), actor(ANNE))).toMatchObject({
          version: 2,
        });
        expect(await store.documents.load(recordName(id))).toMatchObject({ damaged: false, epoch: 2 });
        const names = (await store.documents.currentNames()).map(({ name }) => name);
        expect(names).toContain(boardName('incident', 2));
        const findings = (await store.verify()).findings.filter(
          (words) => words.includes(id) || words.includes('incident@2'),
        );
        expect(findings).toEqual([]);
      },
    );
  });
});

/** Changes what SQLite itself would not let anybody change. */
function change(file: string, statement: string): void {
  const raw = new Sqlite(file).unsafeMode();
  raw.pragma('writable_schema = on');
  raw.exec(statement);
  raw.close();
}

function withoutRoles(file: string): void {
  const schema = (from: string, to: string): string =>
    `update sqlite_schema set sql = replace(sql, '${from}', '${to}') where name = 'person'`;
  change(file, schema('roles text not null', 'roles text'));
  change(file, 'update person set roles = null');
  change(file, schema('roles text', 'roles text not null'));
}

describe('opening', () => {
  it('has let go of a file that it refuses when it says so', async () => {
    const { folder, remove } = temporaryFolder();
    const file = join(folder, 'muster.db');
    await (await openSqliteStore({ file })).close();
    const raw = new Sqlite(file);
    raw.exec('update instance set name = name');
    raw.exec(`insert into kysely_migration (name, timestamp) values ('9999-later', '')`);
    // as after a crash: a connection that is still open keeps the write-ahead log in its place
    cpSync(file, `${file}.copy`);
    cpSync(`${file}-wal`, `${file}.copy-wal`);
    raw.close();
    await expect(openSqliteStore({ file: `${file}.copy` })).rejects.toMatchObject({
      code: 'store/newer-than-code',
    });
    expect(existsSync(`${file}.copy-wal`)).toBe(false);
    remove();
  });

  it.each([
    ['a person without roles', withoutRoles],
    [
      'an index of words of no known form',
      (file: string) => change(file, `update record_text_config set v = 99 where k = 'version'`),
    ],
  ])('says that a file is damaged when what fails is %s', async (_what, damage) => {
    const { folder, remove } = temporaryFolder();
    const file = join(folder, 'muster.db');
    const before = await openSqliteStore({ file });
    await admitPeople(before);
    await before.close();
    damage(file);
    await expect(openSqliteStore({ file })).rejects.toMatchObject({ code: 'store/damaged' });
    remove();
  });

  it('refuses a file that a newer version wrote, in words', async () => {
    const { folder, remove } = temporaryFolder();
    const file = join(folder, 'muster.db');
    await (await openSqliteStore({ file })).close();
    const raw = new Sqlite(file);
    raw.exec(`insert into kysely_migration (name, timestamp) values ('9999-later', '')`);
    raw.close();
    await expect(openSqliteStore({ file })).rejects.toMatchObject({
      code: 'store/newer-than-code',
      message: expect.stringContaining('newer version of Muster') as string,
    });
    remove();
  });
});
