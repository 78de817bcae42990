import type { InboxItem } from '@muster/documents';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  ANNE,
  BERT,
  NETWORK,
  RITA,
  actor,
  admitPeople,
  command,
  createIncident,
  runOne,
  temporaryFolder,
} from '../store/test-store.ts';
import { openSqliteStore } from '../store/sqlite/open.ts';
import type { Store } from '../store/store.ts';
import { keepChoices, listChoices } from './choices.ts';
import { sweepDeliveries } from './deliveries.ts';
import { queueMail } from './queue-mail.ts';

async function openStore({ mail }: { readonly mail: boolean }): Promise<Store> {
  const { folder, remove } = temporaryFolder();
  const store = await openSqliteStore({ file: `${folder}/muster.db`, mail });
  onTestFinished(async () => {
    await store.close();
    remove();
  });
  await admitPeople(store);
  return store;
}

const queued = (store: Store) =>
  store.writer
    .selectFrom('delivery')
    .innerJoin('inbox_item', 'inbox_item.id', 'delivery.item')
    .select(['delivery.person', 'delivery.state', 'inbox_item.kind'])
    .select((each) => each('delivery.next_at', '-', each.ref('delivery.made_at')).as('delay'))
    .orderBy('delivery.id')
    .execute();

const anne = actor(ANNE, 'agent', [NETWORK]);

describe('the queue of mails', () => {
  it('[DSK-110] holds what deserves a mail, with the delay of its kind', async () => {
    const store = await openStore({ mail: true });
    const id = await createIncident(store, {}, anne);
    await runOne(store, command('incident.assign', id, { team: null, owner: BERT }, 1), anne);
    await runOne(store, command('incident.reply', id, { text: 'We look into it.' }, 2), anne);
    expect(await queued(store)).toEqual([
      { person: BERT, state: 'queued', kind: 'assigned', delay: 120_000 },
      { person: RITA, state: 'queued', kind: 'replied', delay: 120_000 },
    ]);
  });

  it('[DSK-111] holds one mail for an act that comes again', async () => {
    const store = await openStore({ mail: true });
    const id = await createIncident(store, {}, anne);
    const assign = command('incident.assign', id, { team: null, owner: BERT }, 1);
    const first = await runOne(store, assign, anne);
    expect(await runOne(store, assign, anne)).toEqual(first);
    expect(await queued(store)).toHaveLength(1);
    const told = await store.writer.selectFrom('inbox_item').selectAll().executeTakeFirstOrThrow();
    await store.writer.updateTable('delivery').set({ state: 'sent' }).execute();
    const item: InboxItem = {
      id: told.id,
      at: told.at,
      kind: 'assigned',
      process: 'incident',
      record: id,
      detail: {},
    };
    await queueMail(store.writer, BERT, item, Date.now());
    expect(await queued(store)).toMatchObject([{ state: 'sent' }]);

    await store.writer.updateTable('delivery').set({ state: 'failed', ended_at: 1_000 }).execute();
    await sweepDeliveries(store.writer, 1_000);
    expect(await queued(store)).toHaveLength(1);
    await sweepDeliveries(store.writer, 1_001);
    // the item is there still, so that the same act done again queues nothing
    await runOne(store, command('incident.assign', id, { team: null, owner: null }, 2), anne);
    await store.writer.deleteFrom('command').where('id', '=', assign.id).execute();
    expect(await runOne(store, assign, anne)).toMatchObject({ outcome: 'applied' });
    expect(await queued(store)).toEqual([]);
  });

  it('[DSK-110] holds nothing for who does not want the kind, nor without a mail server', async () => {
    const store = await openStore({ mail: true });
    await keepChoices(
      store,
      BERT,
      'mail',
      new Map([
        ['assigned', false],
        ['reopened', true],
      ]),
    );
    const wanted = (await listChoices(store.writer, BERT, 'mail')).filter(
      (choice) => choice.wanted !== choice.byDefault,
    );
    expect(wanted.map(({ kind }) => kind)).toEqual(['assigned', 'reopened']);
    const id = await createIncident(store, {}, anne);
    await runOne(store, command('incident.assign', id, { team: null, owner: BERT }, 1), anne);
    expect(await queued(store)).toEqual([]);
    await keepChoices(
      store,
      BERT,
      'mail',
      new Map([
        ['assigned', true],
        ['reopened', false],
      ]),
    );
    expect(
      (await listChoices(store.writer, BERT, 'mail')).every((choice) => choice.wanted === choice.byDefault),
    ).toBe(true);

    const silent = await openStore({ mail: false });
    const other = await createIncident(silent, {}, anne);
    await runOne(silent, command('incident.assign', other, { team: null, owner: BERT }, 1), anne);
    expect(await queued(silent)).toEqual([]);
  });
});
