import type { RecordId } from '@muster/domain/shared';
import { ulid } from 'ulid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestServer, TestSession } from '../testing.ts';
import { applied, refused, startTestChanges } from './test-changes.ts';
import type { TestChanges } from './test-changes.ts';
import { HOUR } from './test-meetings.ts';

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
});
afterAll(() => server.stop());

const draft = (more: object = {}) => desk.draft({ items: [service], ...more });
const standard = (template: RecordId) => desk.standard(template, { items: [service] });

describe('what follows from changes', () => {
  const beginsAt = Date.now() + 100 * HOUR;
  const window = { begins: beginsAt, ends: beginsAt + HOUR };

  async function stateOf(announcement: string): Promise<unknown> {
    const row = await server.store.reader
      .selectFrom('announcement')
      .select('data')
      .where('id', '=', announcement)
      .executeTakeFirstOrThrow();
    const {
      state,
      beginsAt: begins,
      told: notices,
    } = JSON.parse(row.data) as {
      state: string;
      beginsAt: number;
      told: { notice: string }[];
    };
    return { state, begins, told: notices.map(({ notice }) => notice) };
  }

  it('[CHG-61] [CHG-62] [FLW-15] an announcement is postponed when its change moves, and called off with it', async () => {
    const id = await draft(window);
    const announcement = ulid();
    const fields = {
      ...{ kind: 'planned-outage', title: 'Relay', message: 'Off for an hour', services: [service] },
      ...{ beginsAt, endsAt: beginsAt + HOUR, public: false, audience: [] },
    };
    await lead.run('announcement.create', announcement, { fields });
    expect(await desk.act(agent, id, 'note-announcement', { announcement })).toMatchObject(
      refused('not-permitted', { permission: 'desk.announce' }),
    );
    const nowhere = ulid();
    expect(await desk.act(lead, id, 'note-announcement', { announcement: nowhere })).toMatchObject(
      refused('unknown-item', { item: nowhere }),
    );
    expect(await desk.act(lead, id, 'note-announcement', { announcement })).toMatchObject(applied);
    expect(await desk.act(lead, await draft(window), 'note-announcement', { announcement })).toMatchObject(
      refused('invalid-value', { field: 'announcement' }),
    );
    expect(await lead.run('announcement.step', announcement, { to: 'scheduled' }, 1)).toMatchObject(applied);
    const later = { begins: beginsAt + HOUR, ends: beginsAt + 2 * HOUR };
    expect(await desk.act(agent, id, 'edit', { fields: later })).toMatchObject(applied);
    expect(await stateOf(announcement)).toEqual({
      ...{ state: 'postponed', begins: later.begins, told: ['publication', 'postponed'] },
    });
    expect(await desk.act(agent, id, 'cancel', { reason: 'Not needed' })).toMatchObject(applied);
    expect(await stateOf(announcement)).toMatchObject({ state: 'cancelled' });
    expect((await server.store.verify()).findings).toEqual([]);
  });

  it('[CHG-63] [FLW-16] an incident hears what caused it, if whoever says so may read it', async () => {
    const id = await standard(await desk.approvedTemplate());
    await desk.go(id, 'scheduled', 'implement', 'review');
    const incident = await agent.createTicket('incident');
    const caused = { incident: incident.id, priority: 5 };
    expect(await desk.act(agent, id, 'note-caused', caused)).toMatchObject(applied);
    const { number, caused: named } = await desk.present(id);
    // how bad it was is not its namer's to say
    expect(named).toEqual([{ incident: incident.id, priority: 3 }]);
    expect(await (await agent.call('GET', `/api/records/${incident.id}`)).text()).toContain(
      `${String(number)} is named as what caused this.`,
    );
    const hidden = await lead.createTicket('incident', { readers: [lead.person] });
    const request = await agent.createTicket('desk');
    // who may read a restricted one would show all readers of changes that it is there
    for (const [who, target] of [
      [agent, hidden.id],
      [lead, hidden.id],
      [agent, request.id],
      [agent, ulid()],
    ] as const)
      expect(await desk.act(who, id, 'note-caused', { incident: target, priority: 1 })).toMatchObject(
        refused('unknown-item', { item: target }),
      );
    expect(await desk.act(agent, id, 'unnote-caused', { incident: hidden.id })).toMatchObject(
      refused('unknown-item', { item: hidden.id }),
    );
    expect((await server.store.verify()).findings).toEqual([]);
  });
});
