import { changeBoardName, journalName } from '@muster/documents';
import { evolveChange } from '@muster/domain/change';
import type { Change, ChangeEvent } from '@muster/domain/change';
import type { RecordId } from '@muster/domain/shared';
import Sqlite from 'better-sqlite3';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { Events } from '../../../commands/events.ts';
import { changeColumns, changeOf } from '../../changes.ts';
import type { Store } from '../../store.ts';
import {
  ANNE,
  actor,
  admitPeople,
  command,
  createIncident,
  newId,
  runOne,
  temporaryFolder,
} from '../../test-store.ts';
import { openSqliteStore } from '../open.ts';
import { putBackCausedIncidents } from './test-before.ts';

it('[CHG-107] 0030-caused-incidents knows again what changes had hidden, and shows it to nobody', async () => {
  const { folder, remove } = temporaryFolder();
  onTestFinished(remove);
  const file = join(folder, 'muster.db');
  const first = await openSqliteStore({ file });
  await admitPeople(first);
  const id = newId();
  const [hidden, open] = [await createIncident(first), await createIncident(first)];
  const create = command('change.create', id, { model: 'normal', fields: { title: 'Relay' } });
  expect(await runOne(first, create, actor(ANNE))).toMatchObject({ outcome: 'applied' });
  for (const [index, incident] of [hidden, open].entries())
    await happen(first, id, { type: 'incident-caused', incident, priority: index + 1 });
  await first.documents.load(journalName(id));
  const board = await first.documents.rotate(changeBoardName(1), 'test');
  expect(await holding(first, id, board, hidden)).toBe(2);
  const restrict = command('incident.restrict', hidden, { team: null, people: [ANNE], reason: 'Private' }, 1);
  expect(await runOne(first, restrict, actor(ANNE))).toMatchObject({ outcome: 'applied' });
  const { updatedAt } = await present(first, id);
  await happen(first, id, { type: 'incident-hidden', incident: hidden }, (change, at) => ({
    ...change,
    ...{ updatedAt: at, caused: change.caused.map((each) => ({ ...each, incident: null })) },
  }));
  await first.close();
  const raw = new Sqlite(file);
  putBackCausedIncidents(raw);
  raw.exec(`delete from kysely_migration where name >= '0030'`);
  raw.close();

  const store = await openSqliteStore({ file });
  onTestFinished(() => store.close());
  const change = await present(store, id);
  expect([change.caused, change.updatedAt]).toEqual([
    [
      { incident: hidden, priority: 1 },
      { incident: open, priority: 2 },
    ],
    updatedAt,
  ]);
  expect(await holding(store, id, board, hidden)).toBe(0);
  expect(await holding(store, id, board, open)).toBe(2);
  expect((await store.verify()).findings).toEqual([]);
});

async function present(store: Store, id: RecordId): Promise<Change> {
  const row = await store.reader
    .selectFrom('change')
    .select('data')
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  return changeOf(row);
}

/** An event of before, and the change as it stood after it. */
async function happen(
  store: Store,
  id: RecordId,
  event: ChangeEvent,
  asBefore: (change: Change, at: number) => Change = (change) => change,
): Promise<void> {
  const before = await present(store, id);
  const events = new Events(store.writer);
  const { seq, hash } = await events.head();
  const at = before.updatedAt + 1_000;
  const recorded = { seq: seq + 1, version: before.version + 1, event, actor: ANNE, at, clientAt: at };
  await events.append(hash, [{ record: id, recorded }]);
  const after = asBefore(evolveChange(before, recorded, id), at);
  await store.writer.updateTable('change').set(changeColumns(after)).where('id', '=', id).execute();
}

/** How many of a change's documents hold a word in what a client gets that has nothing. */
async function holding(store: Store, id: RecordId, board: string, word: string): Promise<number> {
  const loaded = await Promise.all([board, journalName(id)].map((name) => store.documents.load(name)));
  return loaded.filter((document) => {
    const { snapshot = null, tail = [] } = document ?? {};
    return [...(snapshot === null ? [] : [snapshot]), ...tail].some((bytes) =>
      Buffer.from(bytes).includes(word),
    );
  }).length;
}
