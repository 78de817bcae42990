import { describe, expect, it } from 'vitest';
import { findRecord, readRecord } from '../query/index.ts';
import type { Store } from '../store.ts';
import { ANNE, actor, command, history, runOne } from '../test-store.ts';
import { withStore } from './with-store.ts';
import type { OpenStore } from './with-store.ts';

const REALLY = { dryRun: false };

export function importContract(name: string, open: OpenStore): void {
  describe(`${name}: imports`, () => {
    const store = withStore(open);

    it('makes records with the times and actors of the source', async () => {
      const one = history('A-1', 2, { number: 'INC0001' });
      expect(await store().commands.importHistories([one], REALLY)).toEqual([
        { externalId: 'A-1', outcome: 'made' },
      ]);
      const [ticket] = await findRecord(store().reader, actor(ANNE), 'INC0001');
      expect(ticket).toMatchObject({ id: one.id, version: 3, createdAt: one.events[0]?.at });
      const stored = await readRecord(store().reader, actor(ANNE), one.id);
      expect(stored?.events.map(({ actor: by, at }) => ({ by, at }))).toEqual(
        one.events.map(({ actor: by, at }) => ({ by, at })),
      );
    });

    it('gives a number of ours where the source has none', async () => {
      const one = history('A-2', 0);
      await store().commands.importHistories([one], REALLY);
      const stored = await readRecord(store().reader, actor(ANNE), one.id);
      expect(stored?.ticket.number).toMatch(/^INC-2016-\d{5}$/);
      expect(stored?.events[0]?.event).toMatchObject({ number: stored?.ticket.number });
    });

    it('changes nothing the second time and adds only what is new the third', async () => {
      const id = history('A-3', 1).id;
      const outcomes = [];
      for (const replies of [1, 1, 4]) {
        outcomes.push(...(await store().commands.importHistories([history('A-3', replies, { id })], REALLY)));
      }
      expect(outcomes.map(({ outcome }) => outcome)).toEqual(['made', 'unchanged', 'updated']);
      expect((await readRecord(store().reader, actor(ANNE), id))?.events.length).toBe(5);
    });

    it('sets aside a history that contradicts what is here, with the reason', async () => {
      const one = history('A-4', 2);
      const taken = history('A-5', 0, { number: 'TAKEN' });
      const worked = history('A-6', 0);
      await store().commands.importHistories([one, taken, worked], REALLY);
      await runOne(store(), command('incident.claim', worked.id, {}, 1), actor(ANNE));
      const [created, ...rest] = one.events;
      const altered = [created, ...rest.map((each) => ({ ...each, at: each.at + 1 }))].filter(
        (each) => each !== undefined,
      );
      const outcomes = await store().commands.importHistories(
        [
          { ...one, events: altered },
          { ...one, events: one.events.slice(0, 1) },
          { ...one, externalId: 'A-7' },
          history('A-8', 0, { number: 'TAKEN' }),
          history('A-9', 0, { events: rest }),
          { ...history('A-6', 1), events: [...worked.events, ...history('A-6', 1).events.slice(1)] },
        ],
        REALLY,
      );
      expect(outcomes.map(({ reason }) => reason)).toEqual([
        'its past differs from what was imported before',
        'it tells less than is known here',
        'its id belongs to another record',
        'number TAKEN is taken',
        'its history does not begin with "created"',
        'it was worked on here since it was imported',
      ]);
    });

    it('answers a dry run as the real run would, and writes nothing', async () => {
      const before = await fingerprint(store());
      const batch = [history('B-1', 1), history('B-2', 0), { ...history('B-1', 1) }];
      const rehearsed = await store().commands.importHistories(batch, { dryRun: true });
      expect(await fingerprint(store())).toEqual(before);
      expect(await store().commands.importHistories(batch, REALLY)).toEqual(rehearsed);
      expect((await store().verify()).findings).toEqual([]);
    });
  });
}

/** Counts of everything an import writes, with the heads of the boards. */
async function fingerprint(store: Store): Promise<unknown> {
  const count = async (table: 'event' | 'record' | 'alias' | 'record_text' | 'counter') =>
    store.reader
      .selectFrom(table)
      .select((each) => each.fn.countAll().as('rows'))
      .executeTakeFirst();
  const heads = await store.reader
    .selectFrom('document')
    .select(['name', 'head_seq'])
    .orderBy('name')
    .execute();
  const counters = await store.reader.selectFrom('counter').selectAll().execute();
  return [
    await count('event'),
    await count('record'),
    await count('alias'),
    await count('record_text'),
    counters,
    heads,
  ];
}
