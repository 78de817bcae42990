import { describe, expect, it } from 'vitest';
import { openSqliteStore } from '../store/sqlite/open.ts';
import { listRecords, readRecord } from '../store/query/index.ts';
import { withStore } from '../store/contract/with-store.ts';
import {
  ANNE,
  RITA,
  actor,
  admitPeople,
  command,
  createIncident,
  runOne,
  temporaryFolder,
} from '../store/test-store.ts';
import { join } from 'node:path';

const store = withStore(async () => {
  const { folder, remove } = temporaryFolder();
  const opened = await openSqliteStore({ file: join(folder, 'muster.db') });
  await admitPeople(opened);
  return { store: opened, close: () => opened.close().then(remove) };
});

const rita = actor(RITA, 'requester');
const read = (id: Parameters<typeof readRecord>[2]) => readRecord(store().reader, actor(ANNE), id);

describe('a requester’s word after the end', () => {
  it('[FLW-1] makes a new ticket of it, linked, in the same transaction and once', async () => {
    const id = await createIncident(store(), { title: 'Printer on fire' });
    const cancel = command('incident.transition', id, { to: 'cancelled', reason: 'it went out' }, 1);
    await runOne(store(), cancel, actor(ANNE));
    const reply = command('incident.reply', id, { text: 'It burns again.' }, 2);
    for (let time = 0; time < 2; time += 1)
      expect(await runOne(store(), reply, rita)).toMatchObject({ outcome: 'applied', version: 3 });
    const { items } = await listRecords(store().reader, actor(ANNE), { requester: RITA }, null, 10);
    const fresh = items.map(({ record }) => record).filter((record) => record.id !== id);
    expect(fresh).toMatchObject([
      { title: 'Printer on fire', state: 'new', links: [{ kind: 'related', target: id }] },
    ]);
    expect(fresh[0]?.number).toMatch(/^INC-/);
    const history = fresh[0] === undefined ? null : await read(fresh[0].id);
    expect(history?.events[0]?.event).toMatchObject({ type: 'created', description: 'It burns again.' });
    expect((await read(id))?.ticket).toMatchObject({ state: 'cancelled', links: [{ kind: 'related' }] });
    expect(await store().verify()).toMatchObject({ ok: true });
  });

  it('[FLW-2] becomes a note on the ticket that it was merged into', async () => {
    const survivor = await createIncident(store());
    const id = await createIncident(store());
    await runOne(store(), command('incident.merge', id, { into: survivor }, 1), actor(ANNE));
    await runOne(store(), command('incident.reply', id, { text: 'Any news?' }, 2), rita);
    const notes = (await read(survivor))?.events.flatMap(({ event }) =>
      event.type === 'commented' ? [event.text] : [],
    );
    expect(notes).toEqual([expect.stringMatching(/^INC-.*: Any news\?$/)]);
  });
});
