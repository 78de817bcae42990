import { roomName } from '@muster/documents';
import { contentOf } from '@muster/domain/change';
import { recordId } from '@muster/domain/shared';
import type { RecordId, ServiceId } from '@muster/domain/shared';
import { ulid } from 'ulid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CALM, applied, refused, startTestChanges } from './test-changes.ts';
import type { TestChanges } from './test-changes.ts';

let desk: TestChanges;
let mail: ServiceId;
beforeAll(async () => {
  desk = await startTestChanges();
  mail = await desk.makeService('Mail');
});
afterAll(() => desk.server.stop());

async function item(itemClass: string, name: string): Promise<RecordId> {
  const id = recordId(ulid());
  const args = { fields: { class: itemClass, name }, state: 'in_service' };
  expect(await desk.people.agent.run('item.create', id, args)).toMatchObject(applied);
  return id;
}

async function relate(type: string, from: string, to: string): Promise<RecordId> {
  const id = recordId(ulid());
  expect(await desk.people.agent.run('relation.add', id, { type, from, to })).toMatchObject(applied);
  return id;
}

/** Who is asked, by the policies, once a change of these items is to be authorised. */
const askedFor = async (items: readonly string[]) => askedOf(await desk.draft({ items }));

async function askedOf(id: RecordId): Promise<readonly string[]> {
  const { agent, lead } = desk.people;
  const room = await desk.write(agent, roomName(id), 'implementation', 'Swap it');
  await expect
    .poll(async () => (await desk.act(agent, id, 'step', { to: 'assess' })).outcome)
    .toBe('applied');
  room.destroy();
  expect(await desk.act(agent, id, 'assess', { input: CALM })).toMatchObject(applied);
  const read = contentOf(await desk.present(id));
  expect(await desk.act(lead, id, 'vote', { vote: 'approved', read })).toMatchObject(applied);
  await desk.go(id, 'authorize');
  return (await desk.present(id)).requirements.map(({ policy }) => policy);
}

describe('a change of an item', () => {
  it('[CFG-60] [CFG-63] asks those who answer for the services that fall with it, by the map as it is then', async () => {
    const { agent } = desk.people;
    const [app, host] = [await item('application', 'Relay'), await item('server', 'Host')];
    await desk.setPolicy({ when: { services: [mail] } });
    await relate('depends_on', mail, app);
    expect(await askedFor([host])).not.toContain('board');
    const runs = await relate('runs_on', app, host);
    expect(await askedFor([host])).toContain('board');
    expect(await agent.run('relation.remove', runs, {}, 1)).toMatchObject(applied);
    expect(await askedFor([host])).not.toContain('board');
  });

  it('[CFG-103] goes by the item that its own was joined into: services, conflicts, lists, retirement', async () => {
    const { agent, lead } = desk.people;
    const [host, twin] = [await item('server', 'Host A'), await item('server', 'Host A, again')];
    await relate('depends_on', mail, host);
    const [old, anew] = [await desk.draft({ items: [twin] }), await desk.draft({ items: [host] })];
    const { id: incident } = await agent.createTicket('incident', { title: 'No light' });
    expect(await agent.run('incident.name-items', incident, { add: [twin], remove: [] }, 1)).toMatchObject(
      applied,
    );
    expect(await lead.run('item.join', host, { other: twin }, 1)).toMatchObject(applied);
    const listed = async (of: RecordId) => {
      const answer = await lead.call('GET', `/api/changes?item=${of}`);
      const { changes } = (await answer.json()) as { readonly changes: readonly { readonly id: string }[] };
      return changes.map(({ id }) => id);
    };
    for (const of of [host, twin]) expect(await listed(of)).toEqual(expect.arrayContaining([old, anew]));
    const gate = await desk.server.store.map.mayDeploy(
      { service: mail, environment: 'production' },
      Date.now(),
    );
    expect(gate.reasons.map((reason) => 'change' in reason && reason.change)).toEqual(
      expect.arrayContaining([old, anew]),
    );
    expect(await askedOf(old)).toContain('board');
    const retire = { from: 'in_service', to: 'retired', reason: 'Sold' };
    expect(await agent.run('item.step', host, retire, 2)).toMatchObject(applied);
    const answer = await lead.call('GET', `/api/configuration/items/${host}`);
    expect(await answer.json()).toMatchObject({
      item: { state: 'in_service', suspended: { to: 'retired' } },
    });
  });

  it('[CFG-62] names nothing that is not there, and nothing anew that is retired', async () => {
    const { agent } = desk.people;
    const [old, host] = [await item('server', 'Old'), await item('server', 'New')];
    const id = await desk.draft({ items: [old] });
    expect(
      await agent.run('item.step', old, { from: 'in_service', to: 'retired', reason: 'Sold' }, 1),
    ).toMatchObject(applied);
    const edit = (of: RecordId, items: readonly string[]) =>
      desk.act(agent, of, 'edit', { fields: { items } });
    expect(await edit(id, [old, host])).toMatchObject(applied);
    const other = await desk.draft({ items: [host] });
    expect(await edit(other, [host, old])).toMatchObject(refused('item-retired', { item: old }));
    const nowhere = recordId(ulid());
    expect(await edit(other, [nowhere])).toMatchObject(refused('unknown-item', { item: nowhere }));
  });
});
