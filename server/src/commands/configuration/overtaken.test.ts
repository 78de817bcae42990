import { inboxName, readInbox } from '@muster/documents';
import type { CommandOutcome, PersonId, RecordId } from '@muster/domain/shared';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { itemOf } from '../../store/configuration.ts';
import { openSqliteStore } from '../../store/sqlite/open.ts';
import type { Store } from '../../store/store.ts';
import {
  ANNE,
  BERT,
  CREATE,
  actor,
  admitPeople,
  command,
  newId,
  runOne,
  temporaryFolder,
} from '../../store/test-store.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const applied = { outcome: 'applied' };

let store: Store;
const { folder, remove } = temporaryFolder();
beforeAll(async () => {
  store = await openSqliteStore({ file: join(folder, 'muster.db') });
  await admitPeople(store);
});
afterAll(async () => {
  await store.close();
  remove();
});

/** Runs an act that was written so long ago, and arrives now. */
function run(type: string, target: RecordId, args: object, agoMs = 0, basis = 1): Promise<CommandOutcome> {
  const envelope = command(type, target, args, basis);
  return runOne(store, { ...envelope, clientAt: envelope.clientAt - agoMs }, actor(ANNE));
}

async function makeItem(owner: PersonId | null = BERT): Promise<RecordId> {
  const id = newId();
  const fields = { class: 'server', name: `host ${id}`, owner };
  expect(await run('item.create', id, { fields, state: 'in_service' })).toMatchObject(applied);
  return id;
}

async function standingOf(item: RecordId) {
  const row = await store.reader
    .selectFrom('configuration_item')
    .select('data')
    .where('id', '=', item)
    .executeTakeFirstOrThrow();
  const { state, suspended } = itemOf(row);
  return { state, waits: suspended === null ? null : { to: suspended.to, by: suspended.by } };
}

const retire = async (item: RecordId) =>
  expect(await run('item.step', item, { from: 'in_service', to: 'retired' })).toMatchObject(applied);
const declare = (items: readonly RecordId[], agoMs = 0, id = newId()) =>
  run('incident.create', id, { ...CREATE, items }, agoMs, 0);

async function itemsOf(id: RecordId): Promise<readonly string[]> {
  const rows = await store.reader
    .selectFrom('record_item')
    .innerJoin('record', 'record.key', 'record_item.record')
    .select('record_item.item')
    .where('record.id', '=', id)
    .execute();
  return rows.map(({ item }) => item);
}

async function inboxOf(person: PersonId, record: RecordId) {
  const loaded = await store.documents.load(inboxName(person));
  const doc = new Y.Doc();
  for (const update of loaded?.tail ?? []) Y.applyUpdate(doc, update);
  return readInbox(doc).items.filter((item) => item.record === record);
}

const WAITS = { state: 'in_service', waits: { to: 'retired', by: ANNE } };

describe('a retirement and an open incident on the same item', () => {
  it.each(['the incident', 'the retirement'])(
    '[CFG-26] come to the same whichever arrives first: %s',
    async (first) => {
      const item = await makeItem();
      if (first === 'the retirement') await retire(item);
      // written before the retirement, on a device without a network
      expect(await declare([item], 5 * MINUTE)).toMatchObject(applied);
      if (first === 'the incident') await retire(item);
      expect(await standingOf(item)).toEqual(WAITS);
      expect(await inboxOf(BERT, item)).toMatchObject([
        { kind: 'retirement-asked', process: 'configuration' },
      ]);
    },
  );

  it('[CFG-26] come to the same when the incident was there and named the item later', async () => {
    const [item, incident] = [await makeItem(), newId()];
    expect(await declare([], 0, incident)).toMatchObject(applied);
    await retire(item);
    const name = { add: [item], remove: [] };
    expect(await run('incident.name-items', incident, name, 5 * MINUTE)).toMatchObject(applied);
    expect(await standingOf(item)).toEqual(WAITS);
  });

  it('[DSK-207] leave the item retired when the ticket is no incident', async () => {
    const [item, request] = [await makeItem(), newId()];
    await retire(item);
    const asked = { ...CREATE, kind: 'request', items: [item] };
    expect(await run('desk.create', request, asked, 5 * MINUTE, 0)).toMatchObject(applied);
    expect(await itemsOf(request)).toEqual([item]);
    expect(await standingOf(item)).toEqual({ state: 'retired', waits: null });
  });

  it('[DSK-207] keep an item that was retired long ago from being named, whatever a clock says', async () => {
    const [item, incident] = [await makeItem(), newId()];
    expect(await declare([], 0, incident)).toMatchObject(applied);
    await retire(item);
    await store.together([
      store.writer
        .updateTable('event')
        .set({ at: Date.now() - 2 * DAY })
        .where('record', '=', item)
        .where('type', '=', 'stepped'),
    ]);
    const name = { add: [item], remove: [] };
    expect(await run('incident.name-items', incident, name, 400 * DAY)).toMatchObject({
      ...{ outcome: 'refused', refusal: { code: 'incident/item-retired', item } },
    });
    expect(await standingOf(item)).toEqual({ state: 'retired', waits: null });
  });

  it('[DSK-207] keep a new incident that was written after the retirement, without the item, and tell its author', async () => {
    const [gone, there, incident] = [await makeItem(), await makeItem(), newId()];
    await retire(gone);
    await store.together([
      store.writer
        .updateTable('event')
        .set({ at: Date.now() - 60 * MINUTE })
        .where('record', '=', gone)
        .where('type', '=', 'stepped'),
    ]);
    expect(await declare([gone, there], 5 * MINUTE, incident)).toMatchObject(applied);
    expect(await itemsOf(incident)).toEqual([there]);
    expect(await inboxOf(ANNE, incident)).toMatchObject([
      {
        kind: 'refused',
        process: 'incident',
        detail: {
          ...{ type: 'incident.name-items', args: { add: [gone], remove: [] } },
          refusal: { code: 'incident/item-retired', item: gone },
        },
      },
    ]);
    // whoever still looks on takes it away themselves
    expect(await declare([gone, there])).toMatchObject({ outcome: 'refused' });
  });
});
