import type { Change } from '@muster/domain/change';
import { DependencyMap } from '@muster/domain/configuration';
import { dependenciesByMap, mayDeploy } from '@muster/domain/flows';
import type { GateReason } from '@muster/domain/release';
import { recordId, serviceId } from '@muster/domain/shared';
import { sql } from 'kysely';
import { join } from 'node:path';
import { ulid } from 'ulid';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { keepItems } from './change-items.ts';
import { changeColumns, changeOf } from './changes.ts';
import { loadServices } from './directory.ts';
import { keepAsk, listAsks, readGateWorld } from './gate.ts';
import { deploymentsMeasured, deploymentsOfMatrix } from './query/index.ts';
import { openSqliteStore } from './sqlite/open.ts';
import type { Store } from './store.ts';
import { ANNE, actor, admitPeople, command, newId, runOne, temporaryFolder } from './test-store.ts';

const NOW = Date.UTC(2026, 10, 28, 12);
const HOUR = 3_600_000;
const [MAIL, WIKI] = [serviceId('01J000000000000000000MAIL1'), serviceId('01J000000000000000000WIKI1')];

let store: Store;
const { folder, remove } = temporaryFolder();

beforeAll(async () => {
  store = await openSqliteStore({ file: join(folder, 'muster.db') });
  await admitPeople(store);
  const services = [MAIL, WIKI].map((id) => ({ id, name: id, team: null, criticality: 3 }));
  await store.writer.insertInto('service').values(services).execute();
  await store.refreshDirectory();
});
afterAll(async () => {
  await store.close();
  remove();
});

async function make(items: readonly string[]): Promise<Change> {
  const id = newId();
  const made = { model: 'normal', fields: { title: 'New relay', items } };
  expect(await runOne(store, command('change.create', id, made), actor(ANNE))).toMatchObject({
    outcome: 'applied',
  });
  const row = await store.reader.selectFrom('change').select('data').where('id', '=', id).executeTakeFirst();
  return changeOf(row!);
}

/** Changes as others of their kind, written without the rules that make them. */
async function copies(change: Change, many: readonly Partial<Change>[]): Promise<readonly string[]> {
  return Promise.all(
    many.map(async (other) => {
      const copy = { ...change, ...other, id: recordId(ulid()), number: null };
      const values = { ...changeColumns(copy), id: copy.id, live: 1 };
      const { key } = await store.writer
        .insertInto('change')
        .values(values)
        .returning('key')
        .executeTakeFirstOrThrow();
      await keepItems(store.writer, key, null, copy);
      return copy.id;
    }),
  );
}

const worldNow = async (service = MAIL) => {
  const services = await loadServices(store.reader);
  const items = [...services.keys()].map((id) => ({ id, class: 'service', state: 'in_service' }) as const);
  const map = new DependencyMap(
    new Map(),
    items.map((item) => ({ ...item, redundancy: [] })),
  );
  const ways = { map, dependencies: dependenciesByMap(() => map) };
  return readGateWorld(store.reader, services, ways, { service, named: null, now: NOW });
};

describe('what the gate looks at', () => {
  it('is the changes that touch the service and are not over, as their items and states move', async () => {
    const { id } = await make([WIKI, MAIL]);
    expect((await worldNow(WIKI)).changes.map((each) => each.id)).toEqual([id]);
    const edited = await runOne(
      store,
      command('change.edit', id, { fields: { items: [MAIL] } }, 1),
      actor(ANNE),
    );
    expect(edited.outcome).toBe('applied');
    expect((await worldNow(WIKI)).changes).toEqual([]);
    expect((await worldNow(MAIL)).changes.map((each) => each.id)).toEqual([id]);
    expect((await store.verify()).findings).toEqual([]);
    await runOne(store, command('change.cancel', id, { reason: 'Not today' }, 2), actor(ANNE));
    expect((await worldNow(MAIL)).changes).toEqual([]);
    expect((await store.verify()).findings).toEqual([]);
  });

  it('has the change of this moment among however many approved ones', async () => {
    const change = await make([MAIL]);
    const others = Array.from({ length: 240 }, (_, place) => {
      const begins = NOW + (place % 2 === 0 ? 1 : -1) * (place + 2) * HOUR;
      return { state: 'scheduled' as const, begins, ends: begins + HOUR / 2 };
    });
    await copies(change, others);
    const [present] = await copies(change, [
      { state: 'implement', begins: NOW - 300 * HOUR, ends: NOW + HOUR },
    ]);
    const world = await worldNow();
    expect(world.changes).toHaveLength(200);
    expect(mayDeploy({ service: MAIL, environment: 'production' }, world, NOW)).toMatchObject({
      allow: true,
      change: present,
    });
  });
});

it('keeps twenty reasons of a question at most, and those of freezes among them', async () => {
  const frozen = { freeze: 'year-end', name: 'Year end', until: NOW, blocks: true } as const;
  const reasons: readonly GateReason[] = [
    ...Array.from(
      { length: 90 },
      () => ({ code: 'release/not-approved', blocks: true, change: newId() }) as const,
    ),
    { code: 'release/frozen', ...frozen },
  ];
  const about = { at: NOW, asker: ANNE, service: 'Mail', environment: 'production', change: null };
  await keepAsk(store.writer, { ...about, answer: { allow: false, change: null, reasons } });
  const { items } = await listAsks(store.reader, null, null, 1);
  expect(items[0]?.answer.reasons).toHaveLength(20);
  expect(items[0]?.answer.reasons).toContainEqual({ code: 'release/frozen', ...frozen });
});

describe('deployments', () => {
  const DAY = 24 * HOUR;
  beforeEach(async () => {
    await store.writer.deleteFrom('deployment').execute();
    const ended = [NOW - 500 * DAY, NOW - 390 * DAY, NOW - DAY];
    const common = { reporter: ANNE, service: MAIL, environment: 'test', release: null, change: null };
    const rows = ended.map((at, place) => ({
      ...{ ...common, id: ulid(), external: `b-${place}`, version: `${place}`, outcome: 'succeeded' },
      ...{ at: at - HOUR, finished_at: at, committed_at: null, updated_at: at },
      environment: `e-${place}`,
    }));
    await store.writer.insertInto('deployment').values(rows).execute();
  });

  it('are told by the matrix as far as they are of the last 400 days', async () => {
    const told = await deploymentsOfMatrix(store.reader, NOW);
    expect(told.map(({ version }) => version)).toEqual(['1', '2']);
    expect((await deploymentsOfMatrix(store.reader, NOW + 15 * DAY)).map(({ version }) => version)).toEqual([
      '2',
    ]);
  });

  it('are measured by when they ended, which an index knows', async () => {
    const measured = await deploymentsMeasured(store.reader, { from: NOW - DAY, to: NOW });
    expect(measured.deployments.map(({ version }) => version)).toEqual(['2']);
    expect(await planOf('select * from deployment where coalesce(finished_at, at) >= ?')).toMatch(
      /USING INDEX deployment_by_end/,
    );
  });
});

async function planOf(query: string): Promise<string> {
  const [before = '', after = ''] = query.split('?');
  const { rows } = await sql<{
    detail: string;
  }>`explain query plan ${sql.raw(before)}${0}${sql.raw(after)}`.execute(store.reader);
  return rows.map(({ detail }) => detail).join('\n');
}
