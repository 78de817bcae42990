import type { CommandOutcome } from '@muster/domain/shared';
import { beforeEach, describe, expect, it } from 'vitest';
import { KEPT_AT_MOST, KEPT_FOR_MS } from './acknowledged.ts';
import type { LocalDatabase } from './database.ts';
import { openEraStore } from './era-store.ts';
import { openOutboxStore } from './outbox-store.ts';
import { claim, freshDisk, localDatabase } from './test-support/local.ts';

const FIRST = { era: 'first', restored: null };
const SECOND = { era: 'second', restored: { at: 9_000, backupTakenAt: 5_000 } };

let database: LocalDatabase;

beforeEach(async () => {
  freshDisk();
  database = localDatabase();
  await openEraStore(database).adopt(FIRST, 0);
});

/** Keeps an act and has it applied at a time of the server. */
async function applied(at: number, number?: string) {
  const outbox = openOutboxStore(database);
  const envelope = claim();
  await outbox.add(envelope);
  const outcome: CommandOutcome = {
    id: envelope.id,
    outcome: 'applied',
    version: 2,
    ...(number && { number }),
  };
  await outbox.settle([outcome], at, at);
  await outbox.finish([envelope.id]);
  return envelope;
}

const waiting = async () => (await openOutboxStore(database).list()).map(({ id }) => id);

describe('acts that were applied', () => {
  it('[SYN-37] wait again in their order before newer ones, with the era and the number they had', async () => {
    const first = await applied(4_000);
    const second = await applied(6_000, 'INC-2026-00007');
    const newer = claim();
    await openOutboxStore(database).add(newer);
    expect(await waiting()).toEqual([newer.id]);
    const restoration = await openEraStore(database).adopt(SECOND, 10_000);
    expect(await waiting()).toEqual([first.id, second.id, newer.id]);
    expect(restoration).toMatchObject({ lost: 1, backupTakenAt: 5_000, told: false });
    const stored = await openOutboxStore(database).list();
    expect(stored.map(({ era, again }) => [era, again])).toEqual([
      ['first', { number: null, lost: false }],
      ['first', { number: 'INC-2026-00007', lost: true }],
      ['first', undefined],
    ]);
  });

  it('[SYN-37] are moved into an era once, whichever tab hears of it first', async () => {
    await applied(6_000);
    const eras = openEraStore(database);
    const both = await Promise.all([
      eras.adopt(SECOND, 10_000),
      openEraStore(database).adopt(SECOND, 11_000),
    ]);
    expect(both.map((one) => one?.heardAt)).toEqual([10_000, 10_000]);
    expect(await waiting()).toHaveLength(1);
  });

  it('[SYN-37] are let go after some days, and when they are too many', async () => {
    await applied(0);
    const kept = await applied(KEPT_FOR_MS);
    const count = async () =>
      database.read(['acknowledged'], async (transaction) => transaction.objectStore('acknowledged').count());
    expect(await count()).toBe(1);
    await openEraStore(database).adopt({ ...SECOND, restored: { at: 1, backupTakenAt: null } }, 1);
    expect(await waiting()).toEqual([kept.id]);
    expect(KEPT_AT_MOST).toBeGreaterThan(0);
  });

  it('[SYN-38] are counted as what became of them, and so are numbers that changed', async () => {
    const outbox = openOutboxStore(database);
    const [known, lost, refused] = [
      await applied(4_000),
      await applied(6_000, 'INC-1'),
      await applied(7_000),
    ];
    const eras = openEraStore(database);
    await eras.adopt(SECOND, 10_000);
    const refusal = { code: 'incident/already-claimed' };
    await outbox.settle(
      [
        { id: known.id, outcome: 'applied', version: 2 },
        { id: lost.id, outcome: 'applied', version: 2, number: 'INC-9' },
        { id: refused.id, outcome: 'refused', refusal },
      ],
      11_000,
    );
    expect(await eras.restoration()).toMatchObject({
      lost: 2,
      applied: 1,
      refused: 1,
      renumbered: [{ record: lost.target, was: 'INC-1', is: 'INC-9' }],
    });
    await eras.putAway();
    expect(await eras.restoration()).toMatchObject({ told: true });
  });
});
