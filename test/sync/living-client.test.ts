import type { RecordId, TicketAct } from '@muster/domain/shared';
import { startTestServer } from '@muster/server/testing';
import type { TestServer } from '@muster/server/testing';
import type { OpenMuster } from '@muster/web/live';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newDevice, openClient, until } from '../support/living-client.ts';
import type { Device, LivingClient } from '../support/living-client.ts';

let server: TestServer;
let clients: LivingClient[];

beforeEach(async () => {
  clients = [];
  server = await startTestServer();
});

afterEach(async () => {
  for (const client of clients) await client.close();
  await server.stop();
});

async function open(device: Device): Promise<LivingClient> {
  const client = await openClient(device);
  clients.push(client);
  return client;
}

async function twoAgents(): Promise<readonly [LivingClient, LivingClient]> {
  const arne = await newDevice(server, 'agent@desk.test');
  const olga = await newDevice(server, 'other@desk.test');
  return [await open(arne), await open(olga)];
}

function makeIncident({ me, commands }: OpenMuster, title: string) {
  return commands.create('incident', {
    verb: 'create',
    kind: 'incident',
    title,
    description: 'as told on the phone',
    impact: 2,
    urgency: 2,
    requester: me.person.id,
    service: null,
    category: null,
    team: null,
    channel: 'phone',
  });
}

const run = ({ muster }: LivingClient, target: RecordId, act: TicketAct) =>
  muster.commands.run('incident', target, act);

describe('two clients on one desk', () => {
  it('show each other what they do', async () => {
    const [arne, olga] = await twoAgents();
    const made = makeIncident(arne.muster, 'The pump is hot');
    expect(await made.settled).toMatchObject({
      outcome: 'applied',
      number: expect.stringMatching(/^INC-/) as string,
    });
    await until(() => olga.muster.tickets.get(made.target)?.title === 'The pump is hot', 'seen by the other');
    expect(await run(olga, made.target, { verb: 'claim' }).settled).toMatchObject({ outcome: 'applied' });
    await until(() => arne.muster.tickets.get(made.target)?.owner === olga.muster.me.person.id, 'the claim');
    await until(() => arne.muster.tickets.get(made.target)?.pending === 0, 'nothing pending');
    expect(arne.muster.saving.state).toBe('saved');
  });

  it('tell who lost when both claim offline, and let them do it again', async () => {
    const [arne, olga] = await twoAgents();
    const { target, settled } = makeIncident(arne.muster, 'Claimed twice');
    await settled;
    await until(() => olga.muster.tickets.get(target) !== undefined, 'seen by the other');
    arne.goOffline();
    olga.goOffline();
    const first = run(arne, target, { verb: 'claim' });
    const second = run(olga, target, { verb: 'claim' });
    expect([await first.kept, await second.kept]).toEqual(['kept', 'kept']);
    expect(arne.muster.saving).toMatchObject({ connection: 'offline', state: 'on-this-device', waiting: 1 });
    arne.goOnline();
    expect(await first.settled).toMatchObject({ outcome: 'applied' });
    olga.goOnline();
    expect(await second.settled).toMatchObject({ outcome: 'refused' });
    await until(() => olga.muster.attention.items.length > 0, 'attention');
    expect(olga.muster.attention.items).toMatchObject([
      {
        kind: 'refused',
        record: target,
        act: { verb: 'claim' },
        detail: { owner: arne.muster.me.person.id },
      },
    ]);
    await until(
      () => olga.muster.tickets.get(target)?.owner === arne.muster.me.person.id,
      'both see the same',
    );
  });

  it('tell the author of a value that somebody replaced without having seen it', async () => {
    const [arne, olga] = await twoAgents();
    const { target, settled } = makeIncident(arne.muster, 'Edited twice');
    await settled;
    await until(() => olga.muster.tickets.get(target) !== undefined, 'seen by the other');
    arne.goOffline();
    const late = run(arne, target, { verb: 'edit', fields: { category: 'Network' } });
    expect(await late.kept).toBe('kept');
    expect(await run(olga, target, { verb: 'edit', fields: { category: 'Storage' } }).settled).toMatchObject({
      outcome: 'applied',
    });
    arne.goOnline();
    expect(await late.settled).toMatchObject({ outcome: 'applied' });
    await until(() => olga.muster.attention.items.length > 0, 'attention');
    expect(olga.muster.attention.items).toMatchObject([{ kind: 'replaced', record: target }]);
    const id = olga.muster.attention.items[0]?.id ?? '';
    expect(await olga.muster.attention.again(id)?.settled).toMatchObject({ outcome: 'applied' });
    await until(() => arne.muster.tickets.get(target)?.category === 'Storage', 'put back');
  });

  it(
    'lose nothing of a night offline with forty acts and a reload in the middle',
    { timeout: 60_000 },
    async () => {
      const device = await newDevice(server, 'agent@desk.test');
      const before = await open(device);
      await until(() => before.muster.saving.connection === 'live', 'live');
      before.goOffline();
      const made: RecordId[] = [];
      for (let index = 0; index < 20; index += 1) {
        const sent = makeIncident(before.muster, `Night ${index}`);
        made.push(sent.target);
        expect(await sent.kept).toBe('kept');
      }
      await before.close();
      clients = [];
      const after = await openOffline(device);
      await until(() => after.muster.tickets.ids.length >= 20, 'the local copy');
      for (const target of made) expect(await run(after, target, { verb: 'claim' }).kept).toBe('kept');
      expect(after.muster.saving.waiting).toBe(40);
      after.goOnline();
      await until(() => after.muster.saving.waiting === 0, 'all sent', 30_000);
      await until(() => made.every((id) => after.muster.tickets.get(id)?.number != null), 'all numbered');
      const other = await open(await newDevice(server, 'other@desk.test'));
      await until(
        () => made.every((id) => other.muster.tickets.get(id)?.owner === device.session.person.id),
        'seen by another',
      );
      expect(after.muster.attention.items).toEqual([]);
    },
  );

  it('read one history, the author of a pending reply with it at the end', async () => {
    const [arne, olga] = await twoAgents();
    const { target, settled } = makeIncident(arne.muster, 'Talked about');
    await settled;
    await until(() => olga.muster.tickets.get(target) !== undefined, 'seen by the other');
    const theirs = olga.muster.openHistory(target);
    await run(arne, target, { verb: 'comment', text: 'for staff only' }).settled;
    await until(() => theirs.events.some(({ event }) => event.type === 'commented'), 'the note');
    olga.goOffline();
    await run(olga, target, { verb: 'reply', text: 'we are on it' }).kept;
    expect(theirs.events.at(-1)).toMatchObject({ seq: 0, event: { type: 'replied', text: 'we are on it' } });
    olga.goOnline();
    await until(() => {
      expect(theirs.events.at(-1)?.event.type).toBe('replied');
      return (theirs.events.at(-1)?.seq ?? 0) > 0;
    }, 'the server has it');
    expect(theirs.events.map(({ event }) => event.type)).toEqual(['created', 'commented', 'replied']);
    theirs.close();
  });

  it('keep a draft on every device of its person, and on no other', async () => {
    const first = await open(await newDevice(server, 'agent@desk.test'));
    await until(() => first.muster.saving.connection === 'live', 'live');
    first.muster.drafts.write('new:01JDD0000000000000000000AA', 'half a sentence');
    await until(() => first.muster.saving.state === 'saved', 'saved');
    const second = await open(await newDevice(server, 'agent@desk.test'));
    await until(() => second.muster.drafts.all.length === 1, 'on the other device');
    expect(second.muster.drafts.get('new:01JDD0000000000000000000AA').text).toBe('half a sentence');
    const other = await open(await newDevice(server, 'other@desk.test'));
    await until(() => other.muster.saving.connection === 'live', 'live');
    expect(other.muster.drafts.all).toEqual([]);
  });

  it('see who is on a record and that they write, as the server names them', async () => {
    const [arne, olga] = await twoAgents();
    const { target, settled } = makeIncident(arne.muster, 'Looked at');
    await settled;
    await until(() => olga.muster.tickets.get(target) !== undefined, 'seen by the other');
    olga.muster.presence.at(target, 'reply');
    await until(() => arne.muster.presence.on(target).length === 1, 'presence');
    expect(arne.muster.presence.on(target)).toMatchObject([
      { person: olga.muster.me.person.id, name: 'Olga Other', state: 'editing', part: 'reply' },
    ]);
    olga.goOffline();
    await until(() => arne.muster.presence.on(target).length === 0, 'gone with the network');
    olga.goOnline();
    await until(() => arne.muster.presence.on(target).length === 1, 'back with the network');
    await olga.close();
    await until(() => arne.muster.presence.on(target).length === 0, 'gone');
  });

  it('are told when their session ends elsewhere, and keep what they wrote', async () => {
    const device = await newDevice(server, 'agent@desk.test');
    const client = await open(device);
    await until(() => client.muster.saving.connection === 'live', 'live');
    const elsewhere = await server.signIn('agent@desk.test');
    await elsewhere.call('POST', '/api/sign-out-everywhere', {});
    await until(() => client.muster.refused === 'session-ended', 'told');
    client.muster.drafts.write('new:01JDD0000000000000000000AA', 'still here');
    await until(() => client.muster.saving.state === 'on-this-device', 'kept');
    expect(client.muster.saving.problem).toContain('signed out');
  });

  it('show a requester their own requests and nothing else', async () => {
    const requester = await open(await newDevice(server, 'requester@desk.test'));
    const agent = await open(await newDevice(server, 'agent@desk.test'));
    await makeIncident(agent.muster, 'Not theirs').settled;
    const made = requester.muster.commands.create('desk', {
      verb: 'create',
      kind: 'request',
      title: 'A chair',
      description: 'please',
      impact: 3,
      urgency: 3,
      requester: requester.muster.me.person.id,
      service: null,
      category: null,
      team: null,
      channel: 'portal',
    });
    expect(await made.settled).toMatchObject({ outcome: 'applied' });
    await until(() => requester.muster.tickets.get(made.target)?.number != null, 'their request');
    expect(requester.muster.tickets.ids).toEqual([made.target]);
    await until(() => agent.muster.tickets.get(made.target) !== undefined, 'seen by staff');
  });
});

/** Opens a device that has no network from the first moment. */
async function openOffline(device: Device): Promise<LivingClient> {
  const client = await openClient(device, { online: false });
  clients.push(client);
  return client;
}
