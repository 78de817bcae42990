import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Recorded, Ticket, TicketEvent } from '@muster/domain/shared';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TEST_PEOPLE, startTestServer } from '../testing.ts';
import type { TestServer, TestSession } from '../testing.ts';
import { alertmanagerPayload } from './test-payloads.ts';
import type { PayloadAlert } from './test-payloads.ts';

const HOUR_MS = 3_600_000;
const folder = mkdtempSync(join(tmpdir(), 'muster-silence-'));
let server: TestServer;
let agent: TestSession;

beforeAll(async () => {
  server = await startTestServer({ dataFolder: folder, people: TEST_PEOPLE });
  agent = await server.signIn('agent@desk.test');
});
afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

type Sent = Omit<PayloadAlert, 'startsAt'>;

/** An integration whose alerts begin an hour later each time that they are sent as firing. */
class Watch {
  readonly #id: string;
  readonly #key: string;
  #hour = 0;

  private constructor(id: string, key: string) {
    this.#id = id;
    this.#key = key;
  }

  static async make(): Promise<Watch> {
    const admin = await server.signIn('admin@desk.test');
    const asked = { name: 'Watch', kind: 'alertmanager' };
    const answer = await admin.call('POST', '/api/integrations', asked);
    expect(answer.status).toBe(201);
    const made = (await answer.json()) as { integration: { id: string }; key: string };
    return new Watch(made.integration.id, made.key);
  }

  async fires(...alerts: readonly Sent[]): Promise<void> {
    this.#hour += 1;
    await this.#send(alerts);
  }

  async isOver(...alerts: readonly Sent[]): Promise<void> {
    await this.#send(alerts.map((alert) => ({ ...alert, status: 'resolved' as const })));
  }

  async #send(alerts: readonly Sent[]): Promise<void> {
    const startsAt = `2026-01-01T0${this.#hour}:00:00Z`;
    const payload = alertmanagerPayload(
      'g',
      alerts.map((alert) => ({ ...alert, startsAt })),
    );
    const headers = { authorization: `Bearer ${this.#key}` };
    expect((await server.call('POST', `/api/alerts/${this.#id}`, payload, headers)).status).toBe(202);
    await server.alerts.idle();
  }

  /** Whatever fires comes too late for an incident that is resolved. */
  async reopensNothing(): Promise<void> {
    await server.store.writer
      .updateTable('alert_integration')
      .set({ numbers: JSON.stringify({ reopenMinutes: 0 }) })
      .where('id', '=', this.#id)
      .execute();
  }

  /** Its incidents, oldest first. */
  async incidents(): Promise<readonly Ticket[]> {
    const rows = await server.store.reader
      .selectFrom('record')
      .select('data')
      .where('requester', '=', this.#id)
      .orderBy('key')
      .execute();
    return rows.map(({ data }) => JSON.parse(data) as Ticket);
  }

  async states(): Promise<readonly string[]> {
    return (await this.incidents()).map(({ state }) => state);
  }

  /** What an agent does to the first of its incidents. */
  async act(verb: string, args: object): Promise<void> {
    const [{ id, version } = { id: '', version: 0 }] = await this.incidents();
    expect(await agent.run(`incident.${verb}`, id, args, version)).toMatchObject({ outcome: 'applied' });
  }

  /** Its incident, silenced, is resolved by its alert `a`, which then fires again. */
  async comesBackSilently(): Promise<void> {
    await this.fires({ name: 'a' });
    await this.act('silence-alerts', { until: Date.now() + HOUR_MS });
    await this.isOver({ name: 'a' });
    await this.fires({ name: 'a' });
    await work();
    expect(await this.states()).toEqual(['resolved']);
  }

  /** The silence of its first incident as if it had been shorter, so that it is over by now. */
  async runsOut(): Promise<void> {
    const [{ id } = { id: '' }] = await this.incidents();
    await server.store.writer
      .updateTable('event')
      .set({ data: JSON.stringify({ type: 'alerts-silenced', until: Date.now() - 1 }) })
      .where('record', '=', id)
      .where('type', '=', 'alerts-silenced')
      .execute();
  }
}

/** Works off what the intake would find the next time it looks. */
async function work(): Promise<void> {
  while ((await server.store.workAlerts(1)).more);
}

async function alertsOf(id: string): Promise<{ firing: number; total: number }> {
  const { firing, total } = (await (await agent.call('GET', `/api/records/${id}/alerts`)).json()) as {
    firing: number;
    total: number;
  };
  return { firing, total };
}

async function historyOf(id: string): Promise<readonly TicketEvent[]> {
  const { events } = (await (await agent.call('GET', `/api/records/${id}`)).json()) as {
    events: Recorded<TicketEvent>[];
  };
  return events.map(({ event }) => event);
}

describe('what fired under a silence', () => {
  it('[INC-149] reopens its incident when somebody ends the silence, once, and raises it', async () => {
    const watch = await Watch.make();
    await watch.fires({ name: 'a', labels: { severity: 'warning' } });
    await watch.act('silence-alerts', { until: Date.now() + HOUR_MS });
    await watch.isOver({ name: 'a' });
    await watch.fires({ name: 'a', labels: { severity: 'critical' } });
    // sent again with one that is new: both fired under the silence
    await watch.fires({ name: 'b', labels: { severity: 'info' } });
    await work();
    expect(await watch.states()).toEqual(['resolved']);
    await watch.act('end-silence', {});
    await work();
    await work();
    expect(await watch.incidents()).toMatchObject([
      { state: 'in_progress', reopenCount: 1, impact: 1, urgency: 1 },
    ]);
    const [{ id } = { id: '' }] = await watch.incidents();
    expect((await historyOf(id)).at(-1)).toMatchObject({ type: 'alerts-noted', firing: 2, stance: null });
  });

  it('[INC-149] does nothing any more when it is over before the silence is', async () => {
    const watch = await Watch.make();
    await watch.comesBackSilently();
    await watch.isOver({ name: 'a' });
    await watch.act('end-silence', {});
    await work();
    expect(await watch.states()).toEqual(['resolved']);
    const waiting = await server.store.reader.selectFrom('alert_kept').select('group_key').execute();
    expect(waiting).toEqual([]);
  });

  it('[INC-149] makes a new incident where it came too late for the one before, and goes to it', async () => {
    const watch = await Watch.make();
    await watch.reopensNothing();
    await watch.comesBackSilently();
    await watch.runsOut();
    await work();
    const [before, made] = await watch.incidents();
    expect([before?.state, made?.state]).toEqual(['resolved', 'new']);
    expect(made?.title).toBe(before?.title);
    expect(await alertsOf(before?.id ?? '')).toEqual({ firing: 0, total: 1 });
    expect(await alertsOf(made?.id ?? '')).toEqual({ firing: 1, total: 1 });
  });

  it('[INC-149] [INC-70] leaves what a person resolved, and says so', async () => {
    const watch = await Watch.make();
    await watch.fires({ name: 'a' });
    await watch.act('silence-alerts', { until: Date.now() + HOUR_MS });
    await watch.act('transition', { to: 'in_progress' });
    await watch.act('transition', { to: 'resolved', code: 'fixed', notes: 'x' });
    await watch.fires({ name: 'b' });
    await watch.act('end-silence', {});
    await work();
    expect(await watch.states()).toEqual(['resolved']);
    const [{ id } = { id: '' }] = await watch.incidents();
    const { rows } = await sql`select change, stance from alert_note where record = ${id}`.execute(
      server.store.reader,
    );
    expect(rows).toEqual([{ change: 'fired', stance: 'resolved-by-person' }]);
  });
});

describe('an alert that fires again', () => {
  it('is listed and counted once', async () => {
    const watch = await Watch.make();
    await watch.fires({ name: 'a' }, { name: 'b' });
    await watch.fires({ name: 'a' });
    await watch.fires({ name: 'a' });
    const [{ id } = { id: '' }] = await watch.incidents();
    expect(await alertsOf(id)).toEqual({ firing: 2, total: 2 });
    const notes = (await historyOf(id)).filter(({ type }) => type === 'alerts-noted');
    expect(notes.at(-1)).toMatchObject({ total: 2 });
  });
});

// the last one: nobody is signed in with the server that it starts
describe('a silence that runs out', () => {
  it('[INC-149] ends the same way, also if the server was not there', async () => {
    const watch = await Watch.make();
    await watch.comesBackSilently();
    await watch.runsOut();
    await server.stop();
    server = await startTestServer({ dataFolder: folder });
    await server.alerts.idle();
    expect(await watch.states()).toEqual(['in_progress']);
  });
});
