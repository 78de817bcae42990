import { permissionsOf } from '@muster/domain/shared';
import type { TeamId } from '@muster/domain/shared';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openLog } from '../../log.ts';
import { openSqliteStore } from '../../store/sqlite/open.ts';
import type { Store } from '../../store/store.ts';
import {
  ANNE,
  BERT,
  NETWORK,
  actor,
  admitPeople,
  command,
  createIncident,
  newId,
  runOne,
  temporaryFolder,
} from '../../store/test-store.ts';
import { dueDeliveries } from '../deliveries.ts';
import { PAGE, startNoticePages } from './notice-pages.ts';

const MANY = 2 * PAGE + 50;
const author = { ...actor(ANNE), permissions: permissionsOf(['team-lead']) };

async function openStore(): Promise<Store> {
  const { folder, remove } = temporaryFolder();
  const store = await openSqliteStore({ file: `${folder}/muster.db`, mail: true });
  onTestFinished(async () => {
    await store.close();
    remove();
  });
  await admitPeople(store);
  const people = Array.from({ length: MANY }, (_, index) => ({
    ...{ id: `p${String(index).padStart(6, '0')}`, name: `Person ${index}`, email: `p${index}@desk.test` },
    ...{ roles: '["requester"]', active: 1, vip: 0, made_at: 0 },
  }));
  await store.together([store.writer.insertInto('person').values(people)]);
  await store.refreshDirectory();
  return store;
}

async function announce(store: Store, audience: readonly TeamId[] = []): Promise<void> {
  const fields = {
    ...{ kind: 'outage', title: 'Mail is down', message: '', services: [] },
    ...{ beginsAt: null, endsAt: null, public: false, audience },
  };
  const id = newId();
  await runOne(store, command('announcement.create', id, { fields }), author);
  const step = command('announcement.step', id, { to: 'in_progress' }, 1);
  const first = await runOne(store, step, author);
  expect(first).toMatchObject({ outcome: 'applied' });
  expect(await runOne(store, step, author)).toEqual(first);
}

function pagesOf(store: Store) {
  const pages = startNoticePages(store, openLog('silent'));
  pages.stop();
  return pages;
}

const queued = (store: Store) =>
  store.reader.selectFrom('delivery').select(['person', 'item']).where('notice', 'is not', null).execute();

describe('the queue of mails to many', () => {
  it('[DSK-196] takes a page at a time, and goes on where it was cut off, each person once', async () => {
    const store = await openStore();
    await announce(store);
    let pages = 0;
    const cutOff = {
      reader: store.reader,
      writer: store.writer,
      together: (steps: Parameters<Store['together']>[0]) => {
        pages += 1;
        return pages === 2 ? Promise.reject(new Error('the process ends here')) : store.together(steps);
      },
    };
    await expect(pagesOf(cutOff as Store).tick(Date.now())).rejects.toThrow('ends here');
    expect(await queued(store)).toHaveLength(PAGE);
    await pagesOf(store).tick(Date.now());
    const all = await queued(store);
    expect(all).toHaveLength(MANY + 3);
    expect(new Set(all.map(({ person }) => person)).size).toBe(MANY + 3);
    expect(await pagesOf(store).tick(Date.now())).toBe(0);
  });

  it('[DSK-196] looks at nobody but the people of the teams that it is for', async () => {
    const store = await openStore();
    await announce(store, [NETWORK]);
    let pages = 0;
    const counted = {
      reader: store.reader,
      writer: store.writer,
      together: (steps: Parameters<Store['together']>[0]) => {
        pages += 1;
        return store.together(steps);
      },
    };
    await pagesOf(counted as Store).tick(Date.now());
    const members = await store.reader
      .selectFrom('team_member')
      .select('person')
      .where('team', '=', NETWORK)
      .execute();
    const people = (await queued(store)).map(({ person }) => person);
    expect(people.toSorted()).toEqual(members.map(({ person }) => person).toSorted());
    // one of people, one of followers
    expect(pages).toBe(2);
  });

  it('[DSK-199] stands behind other news, however late that comes', async () => {
    const store = await openStore();
    await announce(store);
    await pagesOf(store).tick(Date.now());
    const anne = actor(ANNE, 'agent', [NETWORK]);
    const id = await createIncident(store, {}, anne);
    const assign = command('incident.assign', id, { team: null, owner: BERT }, 1);
    expect(await runOne(store, assign, anne)).toMatchObject({ outcome: 'applied' });
    const due = await dueDeliveries(store.reader, 'mail', Date.now() + 600_000, 2);
    expect(due.map(({ person, notice, rank }) => [notice === null ? person : 'many', rank])).toEqual([
      [BERT, 1],
      ['many', 2],
    ]);
  });
});
