import { configurationBoardName, journalName } from '@muster/documents';
import { readConfiguration, readPlainEvents } from '@muster/documents/configuration';
import { contentOf, plannedKey } from '@muster/domain/change';
import type { PlannedValue } from '@muster/domain/change';
import { CONFIGURATION_RULES, DEFAULT_CONFIGURATION_RULES } from '@muster/domain/configuration';
import type { HistoryEvent } from '@muster/domain/configuration';
import { recordId } from '@muster/domain/shared';
import type { RecordId } from '@muster/domain/shared';
import { ulid } from 'ulid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { itemOf } from '../store/configuration.ts';
import type { TestServer, TestSession } from '../testing.ts';
import { applied, refused, startTestChanges } from './test-changes.ts';
import type { TestChanges } from './test-changes.ts';

let desk: TestChanges;
let server: TestServer;
let lead: TestSession;
let agent: TestSession;
let service: string;
beforeAll(async () => {
  desk = await startTestChanges();
  ({ server } = desk);
  ({ lead, agent } = desk.people);
  service = await desk.makeService('Mail');
  const approvers = [{ kind: 'person', person: lead.person, weight: 1 }];
  await desk.setPolicy({ rule: { kind: 'any' }, approvers });
});
afterAll(() => server.stop());

async function make(itemClass: string, name: string, more: object = {}): Promise<RecordId> {
  const id = recordId(ulid());
  const args = { fields: { class: itemClass, name, ...more }, state: 'in_service' };
  expect(await agent.run('item.create', id, args)).toMatchObject(applied);
  return id;
}

async function present(id: RecordId) {
  const row = await server.store.reader
    .selectFrom('configuration_item')
    .select('data')
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  return itemOf(row);
}

/** An emergency change of the agent's that plans these values. */
async function planned(values: readonly PlannedValue[]): Promise<RecordId> {
  const id = recordId(ulid());
  const now = Date.now();
  const fields = { title: 'Move it', items: [service], begins: now - 1_000, ends: now + 3_600_000 };
  const create = { model: 'emergency', owner: agent.person, fields };
  expect(await agent.run('change.create', id, create)).toMatchObject(applied);
  expect(await desk.act(agent, id, 'plan-values', { values })).toMatchObject(applied);
  return id;
}

/** Brings it to its end by the steps of people. */
async function carryOut(id: RecordId, result: string): Promise<void> {
  await desk.go(id, 'authorize');
  const vote = { vote: 'approved', read: contentOf(await desk.present(id)) };
  expect(await desk.act(lead, id, 'vote', vote)).toMatchObject(applied);
  await desk.go(id, 'scheduled', 'implement', 'review');
  expect(await desk.act(agent, id, 'begin-review')).toMatchObject(applied);
  for (const to of ['in_review', 'reviewed'])
    expect(await desk.act(lead, id, 'move-review', { to })).toMatchObject(applied);
  expect(await desk.act(agent, id, 'close', { result })).toMatchObject(applied);
}

const field = (item: RecordId, what: string, was: string | null, to: string): PlannedValue => ({
  ...{ kind: 'field', item, field: what, was, to },
});

async function historyOf(id: RecordId): Promise<readonly HistoryEvent[]> {
  const journal = agent.open(journalName(id));
  await journal.synced();
  const { events } = readPlainEvents<HistoryEvent>(journal.doc);
  journal.destroy();
  return events.map(({ event }) => event);
}

describe('planned values', () => {
  it('[CFG-42] are applied when the change is closed as a success, on the map of everybody, by the change', async () => {
    const [web, db, old] = [
      await make('server', 'web-1', { attributes: { vendor: 'Acme' } }),
      await make('application', 'Shop'),
      await make('server', 'web-0'),
    ];
    const relation = recordId(ulid());
    const gone = { type: 'runs_on', from: db, to: old };
    expect(await agent.run('relation.add', relation, gone)).toMatchObject(applied);
    const change = await planned([
      field(web, 'name', 'web-1', 'web-2'),
      field(web, 'attribute:vendor', 'Acme', 'Umbra'),
      { kind: 'relate', type: 'runs_on', from: db, to: web },
      { kind: 'unrelate', relation, ...gone },
      { kind: 'step', item: old, was: 'in_service', to: 'retired' },
    ]);
    // [CFG-39] what values are planned for is among what the change touches
    expect((await desk.present(change)).items.toSorted()).toEqual([service, web, db, old].toSorted());
    const board = lead.open(configurationBoardName(1));
    await board.synced();
    await carryOut(change, 'successful');
    const map = () => readConfiguration(board.doc);
    await expect
      .poll(() => [...map().items.values()].find(({ id }) => id === web))
      .toMatchObject({ name: 'web-2', attributes: { vendor: 'Umbra' } });
    expect([...map().relations.values()].filter(({ from }) => from === db)).toMatchObject([
      { type: 'runs_on', to: web },
    ]);
    board.destroy();
    expect(await present(old)).toMatchObject({ state: 'retired' });
    const { number, valueOutcomes } = await desk.present(change);
    expect(valueOutcomes.map(({ fate }) => fate)).toEqual(Array(5).fill('applied'));
    const cause = { id: change, number };
    expect(await historyOf(web)).toMatchObject([
      { type: 'made' },
      { type: 'edited', change: cause },
      { type: 'relation-added', change: cause },
    ]);
    expect(await historyOf(old)).toMatchObject([
      { type: 'made' },
      { type: 'relation-added' },
      { type: 'relation-removed', change: cause },
      { type: 'stepped', to: 'retired', change: cause },
    ]);
    expect((await server.store.verify()).findings).toEqual([]);
  });

  it('[CFG-42] name a change as the cause by nobody but the product', async () => {
    const web = await make('server', 'web-3');
    const change = { id: recordId(ulid()), number: 'CHG-1' };
    const system = {
      outcome: 'refused',
      refusal: { code: 'configuration/not-permitted', permission: 'system' },
    };
    expect(await lead.run('item.edit', web, { fields: { name: 'x' }, change }, 1)).toMatchObject(system);
    const step = { from: 'in_service', to: 'maintenance', change };
    expect(await lead.run('item.step', web, step, 1)).toMatchObject(system);
    const relate = { type: 'runs_on', from: web, to: web, change };
    expect(await lead.run('relation.add', recordId(ulid()), relate)).toMatchObject(system);
  });

  it('[CFG-43] keep what others said meanwhile and what the rules refuse, and tell the owner; the rest is applied', async () => {
    const [web, app] = [await make('server', 'web-4'), await make('application', 'Wiki')];
    const upsideDown: PlannedValue = { kind: 'relate', type: 'runs_on', from: web, to: app };
    await make('server', 'web-5', { attributes: { serial: 'S-5' } });
    const values: readonly PlannedValue[] = [
      field(web, 'name', 'web-4', 'web-44'),
      field(web, 'attribute:vendor', null, 'Acme'),
      field(web, 'attribute:serial', null, 'S-5'),
      { kind: 'relate', type: 'contains', from: web, to: app },
    ];
    const change = await planned(values);
    expect(await desk.act(agent, change, 'plan-values', { values: [upsideDown] })).toMatchObject({
      refusal: { code: 'change/value-unfit', why: { code: 'configuration/relation-unfit' } },
    });
    const circle = { type: 'contains', from: app, to: web };
    expect(await lead.run('relation.add', recordId(ulid()), circle)).toMatchObject(applied);
    expect(await lead.run('item.edit', web, { fields: { name: 'web-4b' } }, 1)).toMatchObject(applied);
    await carryOut(change, 'issues');
    expect(await present(web)).toMatchObject({ name: 'web-4b', attributes: { vendor: 'Acme' } });
    const { valueOutcomes, title, number } = await desk.present(change);
    expect(valueOutcomes).toMatchObject([
      {
        key: plannedKey(values[0] as PlannedValue),
        fate: 'kept',
        why: { code: 'planned/changed', is: 'web-4b' },
      },
      { fate: 'applied', why: null },
      { fate: 'kept', why: { code: 'configuration/same-identity' } },
      { fate: 'kept', why: { code: 'configuration/relation-unfit' } },
    ]);
    expect((await desk.told(agent, change)).at(-1)).toEqual([
      'values-kept',
      expect.objectContaining({ kept: 3, change: title, number }),
    ]);
    expect((await server.store.verify()).findings).toEqual([]);
  });

  it('[CFG-121] pass on inside one change what identifies items, whichever is said first', async () => {
    const serial = (said: string) => ({ attributes: { serial: said } });
    const [old, next] = [await make('server', 'p-0', serial('P-0')), await make('server', 'p-1')];
    const [one, two] = [
      await make('server', 'p-2', serial('P-2')),
      await make('server', 'p-3', serial('P-3')),
    ];
    const pass = (item: RecordId, was: string | null, to: string) => field(item, 'attribute:serial', was, to);
    const step = (item: RecordId): PlannedValue => ({ kind: 'step', item, was: 'in_service', to: 'retired' });
    const change = await planned([
      field(next, 'name', 'p-1', 'p-0'),
      pass(next, null, 'P-0'),
      step(old),
      pass(one, 'P-2', 'P-3'),
      pass(two, 'P-3', 'P-4'),
    ]);
    await carryOut(change, 'successful');
    const { valueOutcomes } = await desk.present(change);
    expect(valueOutcomes.map(({ fate }) => fate)).toEqual(Array(5).fill('applied'));
    expect(await present(old)).toMatchObject({ state: 'retired' });
    expect(await present(next)).toMatchObject({ name: 'p-0', ...serial('P-0') });
    expect([await present(one), await present(two)]).toMatchObject([serial('P-3'), serial('P-4')]);
    // each of them once
    expect((await historyOf(next)).map(({ type }) => type)).toEqual(['made', 'edited', 'edited']);
    expect((await server.store.verify()).findings).toEqual([]);
  });

  it('[CFG-121] pass on along a chain with few more tries than there are values', async () => {
    const count = 30;
    const serial = (at: number) => `R-${at}`;
    const chain: RecordId[] = [];
    for (let at = 0; at < count; at += 1)
      chain.push(await make('server', `r-${at}`, { attributes: { serial: serial(at) } }));
    const values = chain.map((id, at) => field(id, 'attribute:serial', serial(at), serial(at + 1)));
    const change = await planned(values);
    const commands = () => server.store.reader.selectFrom('command').select('id').execute();
    const before = (await commands()).length;
    await carryOut(change, 'successful');
    const { valueOutcomes } = await desk.present(change);
    expect(valueOutcomes.map(({ fate }) => fate)).toEqual(values.map(() => 'applied'));
    expect((await present(chain[0] ?? change)).attributes).toEqual({ serial: serial(1) });
    // each refused once and then applied, beside the steps of the change
    expect((await commands()).length - before).toBeLessThan(2 * count + 20);
  });

  it('[CFG-121] keep what nothing clears the way for, and what its item has when the change retires it', async () => {
    const serial = (said: string) => ({ attributes: { serial: said } });
    const [taken, gone] = [await make('server', 'q-0', serial('Q-0')), await make('server', 'q-1')];
    const change = await planned([
      field(gone, 'attribute:serial', null, 'Q-0'),
      field(gone, 'name', 'q-1', 'q-2'),
      { kind: 'step', item: gone, was: 'in_service', to: 'retired' },
    ]);
    await carryOut(change, 'successful');
    expect((await desk.present(change)).valueOutcomes).toMatchObject([
      { fate: 'kept', why: { code: 'configuration/same-identity', item: taken } },
      { fate: 'applied' },
      { fate: 'applied' },
    ]);
    expect(await present(gone)).toMatchObject({ name: 'q-2', state: 'retired', attributes: {} });
  });

  it('[CFG-121] bring an item back with the value that its class asks for by now', async () => {
    const box = await make('container', 'Box');
    const step = { from: 'in_service', to: 'retired' };
    expect(await agent.run('item.step', box, step, 1)).toMatchObject(applied);
    const change = await planned([
      { kind: 'step', item: box, was: 'retired', to: 'in_service' },
      field(box, 'attribute:image', null, 'shop:2'),
    ]);
    const classes = DEFAULT_CONFIGURATION_RULES.classes.map((each) =>
      each.id === 'container'
        ? { ...each, attributes: each.attributes.map((one) => ({ ...one, required: true })) }
        : each,
    );
    expect(await lead.run('configuration.set-classes', CONFIGURATION_RULES, { classes }, 0)).toMatchObject(
      applied,
    );
    await carryOut(change, 'successful');
    expect((await desk.present(change)).valueOutcomes.map(({ fate }) => fate)).toEqual([
      'applied',
      'applied',
    ]);
    expect(await present(box)).toMatchObject({ state: 'in_service', attributes: { image: 'shop:2' } });
  });

  it('[CFG-103] are of the item that stays where theirs was joined into it meanwhile, but for steps of life', async () => {
    const [stays, twin] = [await make('server', 'web-8'), await make('server', 'web-8 (2)')];
    const [app, mail, fax, wiki] = [
      await make('application', 'Intranet'),
      await make('application', 'Mail relay'),
      await make('application', 'Fax'),
      await make('application', 'Manual'),
    ];
    const [moved, gone, double] = [recordId(ulid()), recordId(ulid()), recordId(ulid())];
    const moves = { type: 'runs_on', from: mail, to: twin };
    const goes = { type: 'runs_on', from: fax, to: twin };
    const doubles = { type: 'runs_on', from: wiki, to: twin };
    expect(await agent.run('relation.add', moved, moves)).toMatchObject(applied);
    expect(await agent.run('relation.add', gone, goes)).toMatchObject(applied);
    expect(await agent.run('relation.add', double, doubles)).toMatchObject(applied);
    const kept = recordId(ulid());
    expect(await agent.run('relation.add', kept, { ...doubles, to: stays })).toMatchObject(applied);
    const change = await planned([
      { kind: 'unrelate', relation: moved, ...moves },
      { kind: 'unrelate', relation: gone, ...goes },
      { kind: 'unrelate', relation: double, ...doubles },
      field(twin, 'attribute:vendor', null, 'Acme'),
      { kind: 'relate', type: 'runs_on', from: app, to: twin },
      { kind: 'step', item: twin, was: 'in_service', to: 'maintenance' },
    ]);
    expect(await agent.run('relation.remove', gone, {})).toMatchObject(applied);
    const { version } = await present(stays);
    expect(await lead.run('item.join', stays, { other: twin }, version)).toMatchObject(applied);
    await carryOut(change, 'successful');
    expect(await present(stays)).toMatchObject({ state: 'in_service', attributes: { vendor: 'Acme' } });
    expect((await present(twin)).attributes).toEqual({});
    const { number, valueOutcomes } = await desk.present(change);
    expect(valueOutcomes).toMatchObject([
      { fate: 'applied' },
      { fate: 'same' },
      { fate: 'same' },
      { fate: 'applied' },
      { fate: 'applied' },
      { fate: 'kept', why: { code: 'planned/joined', id: twin, into: stays } },
    ]);
    // what joining dropped as a double leaves the one that stood already
    const standing = await server.store.reader
      .selectFrom('configuration_relation')
      .select('until')
      .where('id', '=', kept)
      .executeTakeFirstOrThrow();
    expect(standing.until).toBeNull();
    const cause = { id: change, number };
    expect((await historyOf(stays)).slice(-3)).toMatchObject([
      { type: 'edited', change: cause },
      { type: 'relation-removed', change: cause },
      { type: 'relation-added', change: cause },
    ]);
    expect((await server.store.verify()).findings).toEqual([]);
  });

  it('[CFG-43] wait with a retirement for whoever answers for the item while open incidents name it', async () => {
    const web = await make('server', 'web-6', { owner: lead.person });
    await agent.createTicket('incident', { items: [web] });
    const change = await planned([{ kind: 'step', item: web, was: 'in_service', to: 'retired' }]);
    await carryOut(change, 'successful');
    expect((await desk.present(change)).valueOutcomes).toMatchObject([{ fate: 'waits' }]);
    expect(await present(web)).toMatchObject({ state: 'in_service', suspended: { to: 'retired' } });
  });

  it('[CFG-44] apply nothing when the change was backed out', async () => {
    const web = await make('server', 'web-7');
    const change = await planned([field(web, 'name', 'web-7', 'web-77')]);
    await carryOut(change, 'backed_out');
    expect(await present(web)).toMatchObject({ name: 'web-7', version: 1 });
    expect((await desk.present(change)).valueOutcomes).toEqual([]);
  });

  it('[CFG-130] are refused with the name of the field where the item can never say so', async () => {
    const web = await make('server', 'web-9');
    const id = await desk.draft({ items: [service] });
    const memory = field(web, 'attribute:memory_gb', null, 'lots');
    expect(await desk.act(agent, id, 'plan-values', { values: [memory] })).toMatchObject(
      refused('value-unfit', { item: web, called: 'Memory (GB)' }),
    );
    expect((await desk.present(id)).values).toEqual([]);
  });

  it('[CFG-40] name items and relations that there are', async () => {
    const id = await desk.draft({ items: [service] });
    const nowhere = recordId(ulid());
    expect(
      await desk.act(agent, id, 'plan-values', { values: [field(nowhere, 'name', 'a', 'b')] }),
    ).toMatchObject(refused('unknown-item', { item: nowhere }));
    expect(
      await desk.act(desk.people.requester, id, 'plan-values', {
        values: [field(nowhere, 'name', 'a', 'b')],
      }),
    ).toMatchObject(refused('no-such-change'));
  });
});

describe('who may not read the configuration', () => {
  it('[CFG-20] is told of no item that they plan values of whether it is there', async () => {
    const id = await planned([field(await make('application', 'Shop'), 'name', 'Shop', 'Store')]);
    const admin = await server.signIn('admin@desk.test');
    const scopes = ['change.read', 'change.work', 'directory.read'];
    const made = await admin.call('POST', '/api/keys', { name: 'Pipeline', scopes });
    const { token } = (await made.json()) as { token: string };
    const { version } = await desk.present(id);
    const plan = async (item: RecordId): Promise<string> => {
      const values = [field(item, 'name', 'Shop', 'Store 2')];
      const command = { id: ulid(), type: 'change.plan-values', target: id, args: { values } };
      const answer = await fetch(`${server.url}/api/commands`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify([{ ...command, basis: version, clientAt: Date.now() }]),
      });
      return (await answer.text()).replaceAll(command.id, 'COMMAND').replaceAll(item, 'ITEM');
    };
    expect(await plan(await make('application', 'Till'))).toBe(await plan(recordId(ulid())));
  });
});
