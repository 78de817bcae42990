import { CONFIGURATION_RULES_NAME, configurationBoardName, journalName } from '@muster/documents';
import { readConfiguration, readConfigurationRules, readPlainEvents } from '@muster/documents/configuration';
import { CONFIGURATION_RULES, DEFAULT_CONFIGURATION_RULES } from '@muster/domain/configuration';
import type { HistoryEvent } from '@muster/domain/configuration';
import { recordId } from '@muster/domain/shared';
import type { CommandOutcome, RecordId } from '@muster/domain/shared';
import { ulid } from 'ulid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readRules } from '../store/configuration.ts';
import { startTestServer } from '../testing.ts';
import type { TestServer, TestSession } from '../testing.ts';

const applied = { outcome: 'applied' };
const refused = (code: string, facts: object = {}) => ({ outcome: 'refused', refusal: { code, ...facts } });

let server: TestServer;
let agent: TestSession;
let lead: TestSession;
let requester: TestSession;
beforeAll(async () => {
  server = await startTestServer();
  [agent, lead, requester] = (await Promise.all(
    ['agent', 'lead', 'requester'].map((who) => server.signIn(`${who}@desk.test`)),
  )) as [TestSession, TestSession, TestSession];
});
afterAll(() => server.stop());

async function make(itemClass: string, name: string, more: object = {}): Promise<RecordId> {
  const id = recordId(ulid());
  const args = { fields: { class: itemClass, name, ...more }, state: 'in_service' };
  expect(await agent.run('item.create', id, args)).toMatchObject(applied);
  return id;
}

async function versionOf(id: RecordId): Promise<number> {
  const row = await server.store.reader
    .selectFrom('configuration_item')
    .select('version')
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  return row.version;
}

const relate = (type: string, from: string, to: string, id = recordId(ulid())): Promise<CommandOutcome> =>
  agent.run('relation.add', id, { type, from, to });

const incident = (items: readonly RecordId[]) => ({
  ...{ kind: 'incident', title: 'Slow', description: '', impact: 3, urgency: 3, requester: agent.person },
  ...{ service: null, category: null, team: null, channel: 'phone', items },
});

describe('the configuration on the server', () => {
  it('[CFG-20] [CFG-27] keeps items and relations by the one command path, on one map and in their histories', async () => {
    const [app, db] = [await make('application', 'Shop'), await make('database', 'Orders')];
    const board = agent.open(configurationBoardName(1));
    const journal = agent.open(journalName(db));
    await Promise.all([board.synced(), journal.synced()]);
    const relation = recordId(ulid());
    expect(await relate('uses', app, db, relation)).toMatchObject(applied);
    expect(await agent.run('item.edit', db, { fields: { name: 'Orders 2' } }, 1)).toMatchObject(applied);
    const map = () => readConfiguration(board.doc);
    await expect
      .poll(() => [...map().items.values()].find(({ id }) => id === db))
      .toMatchObject({
        name: 'Orders 2',
        version: 2,
        number: expect.stringMatching(/^CI-\d{4}-\d{5}$/) as string,
      });
    const drawn = () => [...map().relations.values()].filter(({ id }) => id === relation);
    expect(drawn()).toEqual([{ id: relation, type: 'uses', from: app, to: db }]);
    expect(await agent.run('relation.remove', relation, {}, 1)).toMatchObject(applied);
    await expect.poll(drawn).toEqual([]);
    const types = () => readPlainEvents<HistoryEvent>(journal.doc).events.map(({ event }) => event.type);
    await expect.poll(types).toEqual(['made', 'relation-added', 'edited', 'relation-removed']);
    for (const client of [board, journal]) client.destroy();
    // made from SQL when it is opened first, the history is the same
    const late = lead.open(journalName(app));
    await late.synced();
    const seen = readPlainEvents<HistoryEvent>(late.doc).events.map(({ event }) => event.type);
    expect(seen).toEqual(['made', 'relation-added', 'relation-removed']);
    late.destroy();
  });

  it('[CFG-4] [CFG-6] refuses what governance forbids, by what is in the way, and changes nothing', async () => {
    const [web, host] = [await make('web_server', 'Web'), await make('server', 'Host')];
    expect(await relate('runs_on', host, web)).toMatchObject(
      refused('configuration/relation-unfit', {
        fault: { fault: 'not-allowed', from: 'server', to: 'web_server' },
      }),
    );
    const first = recordId(ulid());
    expect(await relate('runs_on', web, host, first)).toMatchObject(applied);
    expect(await relate('runs_on', web, host)).toMatchObject(
      refused('configuration/relation-unfit', { fault: { fault: 'related-already', relation: first } }),
    );
    const unfit = {
      fields: { class: 'server', name: 'Odd', attributes: { memory_gb: 'much', colour: 'red' } },
    };
    expect(await agent.run('item.create', recordId(ulid()), unfit)).toMatchObject(
      refused('configuration/values-unfit'),
    );
    expect(await agent.run('item.create', recordId(ulid()), { fields: { class: 'server' } })).toMatchObject(
      refused('command/malformed'),
    );
  });

  it('[CFG-20] answers a requester as if there were none, in every way', async () => {
    const id = await make('server', 'Hidden');
    const absent = refused('configuration/no-such-item', { item: id });
    expect(await requester.run('item.edit', id, { fields: { name: 'Mine' } }, 1)).toMatchObject(absent);
    expect(await requester.run('item.create', id, { fields: { class: 'server', name: 'x' } })).toMatchObject(
      absent,
    );
    for (const name of [configurationBoardName(1), CONFIGURATION_RULES_NAME, journalName(id)]) {
      const client = requester.open(name);
      await expect.poll(() => client.closed).not.toBeNull();
      client.destroy();
    }
  });

  it('[DSK-207] lets tickets name items that are there, and none that is retired', async () => {
    const host = await make('server', 'Named');
    const made = recordId(ulid());
    expect(await agent.run('incident.create', made, incident([host]))).toMatchObject(applied);
    const nowhere = recordId(ulid());
    expect(await agent.run('incident.create', recordId(ulid()), incident([nowhere]))).toMatchObject(
      refused('incident/unknown-item', { item: nowhere }),
    );
    // its retirement waits for who answers for it, as long as an incident names it
    const step = { from: 'in_service', to: 'retired' };
    expect(await agent.run('item.step', host, step, await versionOf(host))).toMatchObject(applied);
    const standing = async () =>
      (
        await server.store.reader
          .selectFrom('configuration_item')
          .select('state')
          .where('id', '=', host)
          .executeTakeFirstOrThrow()
      ).state;
    expect(await standing()).toBe('in_service');
    const clear = { add: [], remove: [host] };
    expect(await agent.run('incident.name-items', made, clear, 2)).toMatchObject(applied);
    expect(await agent.run('item.step', host, step, await versionOf(host))).toMatchObject(applied);
    expect(await standing()).toBe('retired');
    expect(await agent.run('incident.create', recordId(ulid()), incident([host]))).toMatchObject(
      refused('incident/item-retired', { item: host }),
    );
  });

  it('[CFG-24] what identifies an item is free for another once it is retired', async () => {
    const serial = { attributes: { serial: 'SN-24' } };
    const first = await make('server', 'First', serial);
    const again = recordId(ulid());
    const args = { fields: { class: 'server', name: 'Second', ...serial }, state: 'in_service' };
    expect(await agent.run('item.create', again, args)).toMatchObject(
      refused('configuration/same-identity', { attribute: 'serial', item: first }),
    );
    const retire = { from: 'in_service', to: 'retired', reason: 'Broken' };
    expect(await agent.run('item.step', first, retire, 1)).toMatchObject(applied);
    const second = await make('server', 'Second', serial);
    const third = { fields: { class: 'server', name: 'Third', ...serial }, state: 'in_service' };
    expect(await agent.run('item.create', recordId(ulid()), third)).toMatchObject(
      refused('configuration/same-identity', { attribute: 'serial', item: second }),
    );
  });

  it('[CFG-28] has rules that those who manage it set, unless what there is would not conform', async () => {
    const { classes } = DEFAULT_CONFIGURATION_RULES;
    await make('circuit', 'Line 1');
    const args = { classes: classes.filter(({ id }) => id !== 'circuit') };
    const set = (by: TestSession, what: object) =>
      by.run('configuration.set-classes', CONFIGURATION_RULES, what, 0);
    expect(await set(agent, args)).toMatchObject(refused('configuration/not-permitted'));
    expect((await set(lead, args)).outcome).toBe('refused');
    const more = { id: 'robot', name: 'Robot', parent: 'device', abstract: false, attributes: [] };
    const rules = agent.open(CONFIGURATION_RULES_NAME);
    await rules.synced();
    expect(await set(lead, { classes: [...classes, more] })).toMatchObject(applied);
    await expect
      .poll(() => readConfigurationRules(rules.doc).classes.some(({ id }) => id === 'robot'))
      .toBe(true);
    rules.destroy();
    await make('robot', 'Arm 1');
  });

  it.each(['constructor', 'toString', '__proto__'])(
    '[CFG-28] has no attribute %s, as every object has: no item without it would fit its class',
    async (id) => {
      const { classes } = await readRules(server.store.reader);
      const odd = { ...{ id, name: 'Odd', kind: 'text', required: false, choices: [], identifies: true } };
      const more = { id: 'odd', name: 'Odd', parent: 'device', abstract: false, attributes: [odd] };
      const args = { classes: [...classes, more] };
      expect(await lead.run('configuration.set-classes', CONFIGURATION_RULES, args, 99)).toMatchObject(
        refused('command/malformed', { path: `classes.${classes.length}.attributes.0.id` }),
      );
    },
  );

  it('[CFG-37] joins two items in one transaction: relations, the link, both histories, and what imports find', async () => {
    const [app, shop] = [await make('application', 'Till'), await make('application', 'Store')];
    const [host, twin] = [await make('server', 'Host 9'), await make('server', 'Host 9 again')];
    const [kept, doubled, moved] = [recordId(ulid()), recordId(ulid()), recordId(ulid())];
    for (const [id, from, to] of [
      [kept, app, host],
      [doubled, app, twin],
      [moved, shop, twin],
    ] as const)
      expect(await relate('runs_on', from, to, id)).toMatchObject(applied);
    const origin = { source: 'shelf', key: 'host-9-again', item: twin };
    await server.store.writer.insertInto('configuration_origin').values(origin).execute();
    const absent = refused('configuration/no-such-item', { item: host });
    expect(await requester.run('item.join', host, { other: twin }, 1)).toMatchObject(absent);
    expect(await agent.run('item.join', host, { other: twin }, 1)).toMatchObject(
      refused('configuration/not-permitted', { permission: 'configuration.manage' }),
    );
    expect(await lead.run('item.join', host, { other: twin }, 1)).toMatchObject(applied);
    const answer = await lead.call('GET', `/api/configuration/items/${twin}`);
    expect(await answer.json()).toMatchObject({ item: { state: 'retired', sameAs: host }, relations: [] });
    const stays = (await (await lead.call('GET', `/api/configuration/items/${host}`)).json()) as {
      readonly relations: readonly { readonly id: string; readonly from: string }[];
      readonly history: readonly { readonly event: HistoryEvent }[];
    };
    expect(stays.relations.map(({ from }) => from).toSorted()).toEqual([app, shop].toSorted());
    expect(stays.history.map(({ event }) => event)).toContainEqual(
      expect.objectContaining({
        ...{ type: 'joined', other: twin, name: 'Host 9 again' },
        moved: [{ relation: moved, as: 'runs_on', from: shop, to: host }],
        dropped: [expect.objectContaining({ relation: doubled, fault: expect.anything() as unknown })],
      }),
    );
    expect(
      await server.store.reader
        .selectFrom('configuration_origin')
        .select('item')
        .where('source', '=', 'shelf')
        .execute(),
    ).toEqual([{ item: twin }]);
    // [CFG-38] the other way round it is said into what it went
    expect(await lead.run('item.join', twin, { other: host }, 2)).toMatchObject(
      refused('configuration/not-joinable', { item: twin, into: host }),
    );
  });

  it('[CFG-37] moves all relations of a joining as one change of the map, and of each history that is open', async () => {
    const [host, twin] = [await make('server', 'Rack 1'), await make('server', 'Rack 1 again')];
    const apps = await Promise.all(
      Array.from({ length: 12 }, (_, index) => make('application', `Tenant ${index}`)),
    );
    for (const app of apps) expect(await relate('runs_on', app, twin)).toMatchObject(applied);
    expect(await relate('runs_on', apps[0] ?? twin, host)).toMatchObject(applied);
    const [board, journal] = [agent.open(configurationBoardName(1)), agent.open(journalName(host))];
    await Promise.all([board.synced(), journal.synced()]);
    const headOf = async (name: string): Promise<number> => {
      const row = server.store.reader.selectFrom('document').select('head_seq').where('name', '=', name);
      return (await row.executeTakeFirstOrThrow()).head_seq;
    };
    const names = [configurationBoardName(1), journalName(host)];
    const before = await Promise.all(names.map(headOf));
    expect(await lead.run('item.join', host, { other: twin }, await versionOf(host))).toMatchObject(applied);
    const after = await Promise.all(names.map(headOf));
    // on the map the two items and their relations; in the history that it was joined, and the relations
    expect(after.map((head, place) => head - (before[place] ?? 0))).toEqual([3, 2]);
    const ends = () =>
      [...readConfiguration(board.doc).relations.values()]
        .filter(({ from, to }) => [from, to].some((end) => end === host || end === twin))
        .map(({ from, to }) => `${from}>${to}`);
    await expect.poll(() => ends().toSorted()).toEqual(apps.map((app) => `${app}>${host}`).toSorted());
    const late = lead.open(journalName(host));
    await late.synced();
    const seen = (doc: typeof late.doc) => readPlainEvents<HistoryEvent>(doc).events.map(({ seq }) => seq);
    expect(seen(late.doc)).toEqual(seen(late.doc).toSorted((one, other) => one - other));
    expect(seen(late.doc)).toHaveLength(2 + 1 + 11);
    for (const client of [board, journal, late]) client.destroy();
  });

  it('leaves a store that is what its events say', async () => {
    expect((await server.store.verify()).findings).toEqual([]);
  });
});

describe('what somebody makes up', () => {
  it('[CFG-22] changes nothing where an attribute is called as something that every object has', async () => {
    const id = await make('application', 'Shop');
    for (const name of ['constructor', 'toString', 'hasOwnProperty'])
      expect(await agent.run('item.edit', id, { fields: { attributes: { [name]: null } } }, 1)).toMatchObject(
        refused('configuration/nothing-to-change'),
      );
    expect(await versionOf(id)).toBe(1);
  });

  it('[CFG-2] is kept as every copy of it can hold it: no half of a character', async () => {
    const id = await make('application', 'Shop', { attributes: { version: '1\uD800' } });
    const { item } = (await (await agent.call('GET', `/api/configuration/items/${id}`)).json()) as {
      item: { attributes: object };
    };
    expect(item.attributes).toEqual({ version: '1\uFFFD' });
  });

  it('[CFG-20] names no item on a ticket for whoever may not read the configuration: one that is there is none', async () => {
    const item = await make('server', 'Rack 7');
    const admin = await server.signIn('admin@desk.test');
    const scopes = ['incident.read', 'incident.work', 'incident.declare', 'directory.read'];
    const answered = await admin.call('POST', '/api/keys', { name: 'Pipeline', scopes });
    const { token } = (await answered.json()) as { token: string };
    const ask = async (named: RecordId): Promise<string> => {
      const command = { id: ulid(), type: 'incident.create', target: ulid(), args: incident([named]) };
      const answer = await fetch(`${server.url}/api/commands`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify([{ ...command, basis: 0, clientAt: Date.now() }]),
      });
      return (await answer.text()).replaceAll(command.id, 'COMMAND').replaceAll(named, 'ITEM');
    };
    expect(await ask(item)).toContain('incident/unknown-item');
    expect(await ask(item)).toBe(await ask(recordId(ulid())));
    expect(await agent.run('incident.create', recordId(ulid()), incident([item]))).toMatchObject(applied);
  });
});
