/** What a store does after it was put back from a copy: numbers, versions of another era, words that come home. */
import { roomName } from '@muster/documents';
import { SYSTEM_ACTOR } from '@muster/domain/shared';
import type { RecordId } from '@muster/domain/shared';
import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import * as Y from 'yjs';
import type { Store } from '../store.ts';
import {
  ANNE,
  BERT,
  CREATE,
  actor,
  admitPeople,
  command,
  createIncident,
  newId,
  runOne,
  temporaryFolder,
} from '../test-store.ts';
import { markerFileOf } from './marker.ts';
import { openSqliteStore } from './open.ts';

interface Desk {
  readonly store: Store;
  /** The era that clients knew before. */
  readonly before: string;
}

const PROBLEM = {
  ...{ title: 'The relay drops', service: null, items: [], team: null, owner: null, impact: 2, urgency: 2 },
  ...{ major: false, workaround: '', fix: '' },
};

const EMPTY_UPDATE = Uint8Array.of(0, 0);

/** Runs `kept`, makes a backup, runs `lost`, and puts the backup back. */
async function restored(
  kept: (store: Store) => Promise<void>,
  lost: (store: Store) => Promise<void>,
  options: { readonly withoutMarker?: boolean; readonly recoveryMs?: number } = {},
): Promise<Desk> {
  const { folder, remove } = temporaryFolder();
  const file = join(folder, 'muster.db');
  const first = await openSqliteStore({ file });
  await admitPeople(first);
  await kept(first);
  await first.backup(join(folder, 'kept.db'));
  await lost(first);
  await first.close();
  for (const suffix of ['', '-wal', '-shm']) rmSync(`${file}${suffix}`, { force: true });
  if (options.withoutMarker === true) rmSync(markerFileOf(file));
  copyFileSync(join(folder, 'kept.db'), file);
  const store = await openSqliteStore({ file, recoveryMs: options.recoveryMs });
  onTestFinished(async () => {
    await store.close();
    remove();
  });
  return { store, before: first.era.era };
}

async function numberOf(store: Store, id: RecordId): Promise<string | null | undefined> {
  const row = await store.reader
    .selectFrom('record')
    .select('number')
    .where('id', '=', id)
    .executeTakeFirst();
  return row?.number;
}

const year = new Date().getUTCFullYear();
const inc = (count: number): string => `INC-${year}-${String(count).padStart(5, '0')}`;

describe('a store after a restore', () => {
  it('says its new era and when the backup was taken, and keeps the line', async () => {
    const { store, before } = await restored(
      async (first) => {
        expect(first.era).toMatchObject({ generation: 1, restored: null });
        await createIncident(first);
      },
      async (first) => void (await createIncident(first)),
    );
    expect(store.era.era).not.toBe(before);
    expect(store.era).toMatchObject({
      generation: 2,
      restored: { at: expect.any(Number) as number, backupTakenAt: expect.any(Number) as number },
    });
    const lines = await store.reader.selectFrom('restore').selectAll().execute();
    expect(lines).toMatchObject([{ generation: 2, era: store.era.era, event_seq: 1 }]);
  });

  it('[SYN-30] gives nobody a number that people may have been told, and those back that it lost', async () => {
    const [lost, other] = [newId(), newId()];
    const { store, before } = await restored(
      async (first) => void (await createIncident(first)),
      async (first) => {
        await runOne(first, command('incident.create', lost, CREATE), actor(ANNE));
        await runOne(first, command('incident.create', other, CREATE), actor(BERT));
        expect([await numberOf(first, lost), await numberOf(first, other)]).toEqual([inc(2), inc(3)]);
      },
    );
    expect(await numberOf(store, await createIncident(store))).toBe(inc(4));
    const again = { ...command('incident.create', lost, CREATE), era: before, formerly: inc(2) };
    expect(await runOne(store, again, actor(ANNE))).toMatchObject({ outcome: 'applied', number: inc(2) });
    const taken = { ...command('incident.create', other, CREATE), era: before, formerly: inc(2) };
    expect(await runOne(store, taken, actor(BERT))).toMatchObject({ outcome: 'applied', number: inc(5) });
    const wishes = [inc(3), inc(1), inc(9_999), 'INC-3', `REQ-${year}-00003`].map((formerly) => ({
      ...command('incident.create', newId(), CREATE),
      era: store.era.era,
      formerly,
    }));
    for (const [index, wish] of wishes.entries()) {
      expect(await runOne(store, wish, actor(BERT))).toMatchObject({ number: inc(6 + index) });
    }
    expect((await store.verify()).findings).toEqual([]);
  });

  it('[SYN-30] leaves a wide gap when nothing tells how far numbers had come', async () => {
    const { store } = await restored(
      async (first) => void (await createIncident(first)),
      async (first) => void (await createIncident(first)),
      { withoutMarker: true },
    );
    expect(await numberOf(store, await createIncident(store))).toBe(inc(1_002));
  });

  it('[SYN-31] takes what happened after the restore as unseen by who saw a version of another era', async () => {
    const ids: RecordId[] = [];
    const { store, before } = await restored(
      async (first) => {
        ids.push(await createIncident(first), await createIncident(first));
      },
      async (first) => {
        for (const id of ids)
          await runOne(first, command('incident.comment', id, { text: 'lost' }, 1), actor(BERT));
      },
    );
    const told = async (id: RecordId, era: string): Promise<number> => {
      const edit = (category: string) => command('incident.edit', id, { fields: { category } }, 2);
      await runOne(store, { ...edit('Network'), basis: 1 }, actor(ANNE));
      const blind = { ...edit('Storage'), era };
      expect(await runOne(store, blind, actor(BERT))).toMatchObject({ outcome: 'applied' });
      const items = await store.reader
        .selectFrom('inbox_item')
        .select('kind')
        .where('record', '=', id)
        .where('person', '=', ANNE)
        .execute();
      return items.filter(({ kind }) => kind === 'replaced').length;
    };
    expect(await told(ids[0] ?? newId(), store.era.era)).toBe(0);
    expect(await told(ids[1] ?? newId(), before)).toBe(1);
  });

  it('[SYN-32] takes words of others in a first step 2 for a time, marked, and binds nobody by them', async () => {
    let room = '';
    const lost = async (): Promise<void> => undefined;
    const kept = async (first: Store): Promise<void> => {
      room = roomName(await createIncident(first));
      await first.documents.load(room);
      const bound = { name: room, person: BERT, session: 's', clientIds: [7], update: EMPTY_UPDATE };
      expect(await first.documents.append(bound)).toMatchObject({ ok: true });
      expect(await first.documents.append({ ...bound, person: ANNE, recovering: true })).toMatchObject({
        code: 'client-id-bound',
      });
    };
    const { store } = await restored(kept, lost);
    const append = (person: typeof ANNE, clientIds: number[], recovering: boolean) =>
      store.documents.append({
        name: room,
        person,
        session: 's',
        clientIds,
        update: EMPTY_UPDATE,
        recovering,
      });
    expect(await append(ANNE, [7, 8], false)).toMatchObject({ code: 'client-id-bound' });
    expect(await append(ANNE, [7, 8], true)).toMatchObject({ ok: true });
    expect(await append(BERT, [7, 8], false)).toMatchObject({ ok: true });
    expect(await append(ANNE, [8], false)).toMatchObject({ code: 'client-id-bound' });
    const rows = await store.reader
      .selectFrom('document_update')
      .select(['person', 'recovered'])
      .where('name', '=', room)
      .where('person', 'in', [ANNE, BERT])
      .orderBy('seq')
      .execute();
    expect(rows.slice(-2)).toEqual([
      { person: ANNE, recovered: 1 },
      { person: BERT, recovered: 0 },
    ]);
  });

  it('[SYN-32] says that the author of words brought back is not known, until the author comes back', async () => {
    let room = '';
    const kept = async (first: Store): Promise<void> => {
      room = roomName(await createIncident(first));
      await first.documents.load(room);
    };
    const { store } = await restored(kept, async () => undefined);
    const doc = new Y.Doc();
    const words = new Y.XmlText('of Bert');
    doc.getXmlFragment('notes').insert(0, [words]);
    const request = { name: room, session: 's', clientIds: [doc.clientID] };
    const update = Y.encodeStateAsUpdate(doc);
    expect(
      await store.documents.append({ ...request, person: ANNE, update, recovering: true }),
    ).toMatchObject({
      ok: true,
    });
    const written = async (): Promise<unknown> => {
      const at = await store.rooms.contentAt(room, Date.now() + 1000, null);
      if (at.outcome !== 'found') return at.outcome;
      const found = JSON.parse(new TextDecoder().decode(at.found)) as {
        content: { notes: { content: { written: unknown }[] } };
      };
      return found.content.notes.content[0]?.written;
    };
    expect(await written()).toMatchObject({ person: ANNE, recovered: true });
    await store.documents.append({ ...request, person: BERT, update: EMPTY_UPDATE });
    expect(await written()).toEqual({ person: BERT, at: expect.any(Number) as number });
  });

  it('[SYN-32] [SYN-49] takes them into the room of a problem that is over, where nobody writes any more', async () => {
    const id = newId();
    const room = roomName(id);
    const { store } = await restored(
      async (first) => {
        const origin = { kind: 'found', incident: null, evidence: '' };
        const create = { fields: PROBLEM, origin, incidents: [] };
        const step = { to: 'cancelled', reason: 'Not ours' };
        const acts = [command('problem.create', id, create), command('problem.step', id, step, 1)];
        for (const act of acts)
          expect(await runOne(first, act, SYSTEM_ACTOR)).toMatchObject({ outcome: 'applied' });
        await first.documents.load(room);
      },
      async () => undefined,
    );
    const request = { name: room, person: ANNE, session: 's', clientIds: [7], update: EMPTY_UPDATE };
    expect(await store.documents.append(request)).toMatchObject({ ok: false, code: 'locked' });
    expect(await store.documents.append({ ...request, recovering: true })).toMatchObject({ ok: true });
  });

  it('[SYN-32] takes them no more when the time is over, nor in a record that was made since', async () => {
    let room = '';
    const kept = async (first: Store): Promise<void> => {
      room = roomName(await createIncident(first));
      await first.documents.load(room);
    };
    const over = await restored(kept, async () => undefined, { recoveryMs: 0 });
    const old = room;
    const open = await restored(kept, async () => undefined);
    const made = roomName(await createIncident(open.store));
    for (const [store, name] of [
      [over.store, old],
      [open.store, made],
    ] as const) {
      await store.documents.load(name);
      const first = { name, person: BERT, session: 's', clientIds: [7], update: EMPTY_UPDATE };
      await store.documents.append(first);
      expect(await store.documents.append({ ...first, person: ANNE, recovering: true })).toMatchObject({
        code: 'client-id-bound',
      });
    }
  });

  it('[SYN-30] gives a change that it lost its number back, and shows what its history has in common', async () => {
    const [kept, lost] = [newId(), newId()];
    const made = { model: 'normal', fields: { title: 'New relay' } };
    const edit = (title: string) => ({ fields: { title } });
    const chg = (count: number): string => `CHG-${year}-${String(count).padStart(5, '0')}`;
    const { store, before } = await restored(
      async (first) => void (await runOne(first, command('change.create', kept, made), actor(ANNE))),
      async (first) => {
        await runOne(first, command('change.edit', kept, edit('Lost title'), 1), actor(ANNE));
        expect(await runOne(first, command('change.create', lost, made), actor(ANNE))).toMatchObject({
          number: chg(2),
        });
      },
    );
    const fresh = await runOne(store, command('change.create', newId(), made), actor(BERT));
    expect(fresh).toMatchObject({ number: chg(3) });
    const again = { ...command('change.create', lost, made), era: before, formerly: chg(2) };
    expect(await runOne(store, again, actor(ANNE))).toMatchObject({ outcome: 'applied', number: chg(2) });
    await runOne(store, command('change.edit', kept, edit('Of the new history'), 1), actor(BERT));
    // version 2 of the lost history is not version 2 of this one: the edit in between is told
    const late = { ...command('change.edit', kept, edit('From before'), 2), era: before };
    expect(await runOne(store, late, actor(ANNE))).toMatchObject({ outcome: 'applied', version: 3 });
    const told = await store.reader
      .selectFrom('inbox_item')
      .select(['person', 'kind'])
      .where('record', '=', kept)
      .where('person', '=', BERT)
      .execute();
    expect(told).toEqual([{ person: BERT, kind: 'replaced' }]);
    expect((await store.documents.currentNames()).map(({ name }) => name)).toContain('board/change@1001');
    expect((await store.verify()).findings).toEqual([]);
  });

  it('[SYN-30] gives a release that it lost its number back, and what its author had not seen counts', async () => {
    const [kept, lost] = [newId(), newId()];
    const fields = {
      ...{ kind: 'minor', title: 'Summer', label: '', services: [], owner: null, pace: 'stages' },
      ...{ beginsAt: null, endsAt: null, hypercareHours: 48, rollbackTestedAt: null },
    };
    const edit = (title: string) => ({ fields: { title } });
    const rel = (count: number): string => `REL-${year}-${String(count).padStart(5, '0')}`;
    const { store, before } = await restored(
      async (first) => {
        await runOne(first, command('release.create', kept, { fields }), actor(ANNE));
        await first.documents.load(`release/${kept}`);
      },
      async (first) => {
        await runOne(first, command('release.edit', kept, edit('Lost title'), 1), actor(ANNE));
        await runOne(first, command('release.create', lost, { fields }), actor(ANNE));
      },
    );
    const again = { ...command('release.create', lost, { fields }), era: before, formerly: rel(2) };
    expect(await runOne(store, again, actor(ANNE))).toMatchObject({ outcome: 'applied', number: rel(2) });
    await runOne(store, command('release.edit', kept, edit('Of the new history'), 1), actor(BERT));
    const late = { ...command('release.edit', kept, edit('From before'), 2), era: before };
    expect(await runOne(store, late, actor(ANNE))).toMatchObject({ outcome: 'applied', version: 3 });
    expect(await store.documents.load(`release/${kept}`)).toMatchObject({ epoch: 2 });
    expect((await store.documents.currentNames()).map(({ name }) => name)).toContain('board/release@1001');
    expect((await store.verify()).findings).toEqual([]);
  });
});
