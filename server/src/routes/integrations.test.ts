import type { ServiceId, Ticket } from '@muster/domain/shared';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { alertmanagerPayload } from '../alerts/test-payloads.ts';
import { startTestServer } from '../testing.ts';
import type { TestServer, TestSession } from '../testing.ts';

let server: TestServer;
let admin: TestSession;
let agent: TestSession;
beforeAll(async () => {
  server = await startTestServer();
  admin = await server.signIn('admin@desk.test');
  agent = await server.signIn('agent@desk.test');
});
afterAll(() => server.stop());

interface Made {
  readonly integration: { readonly id: string };
  readonly key: string;
}

async function integrate(kind: string): Promise<Made> {
  const answer = await admin.call('POST', '/api/integrations', { name: `Watch ${kind}`, kind });
  expect(answer.status).toBe(201);
  return (await answer.json()) as Made;
}

async function makeService(name: string): Promise<ServiceId> {
  const team = server.teams.get('Network');
  const answer = await admin.call('POST', '/api/services', { name, team, criticality: 2 });
  expect(answer.status).toBe(201);
  return ((await answer.json()) as { id: ServiceId }).id;
}

const at = ({ integration }: Made, rest = '') => `/api/integrations/${integration.id}${rest}`;

/** How many rows there are of everything that taking a payload in would write. */
async function written(): Promise<readonly number[]> {
  const tables = [
    'record',
    'event',
    'command',
    'counter',
    'alert',
    'alert_intake',
    'alert_received',
  ] as const;
  return Promise.all(
    tables.map(async (table) => (await server.store.reader.selectFrom(table).selectAll().execute()).length),
  );
}

describe('trying a mapping out', () => {
  it('[INC-140] tells the incident that taking the payload in then makes, and writes nothing', async () => {
    const made = await integrate('alertmanager');
    const shop = await makeService('Web shop');
    const mapping = {
      serviceLabel: 'app',
      services: { shop },
      severityLabel: 'level',
      severities: { page: { impact: 1, urgency: 2 } },
    };
    const labels = { app: 'shop', level: 'page', cluster: 'north' };
    const payload = alertmanagerPayload('g1', [{ name: 'web-1', labels }]);
    const before = await written();
    const answer = await admin.call('POST', at(made, '/trial'), {
      payload: JSON.stringify(payload),
      mapping,
    });
    expect(answer.status).toBe(200);
    const told = (await answer.json()) as { incident: Record<string, unknown> };
    expect(told).toMatchObject({
      firing: 1,
      incident: { priority: 2, service: shop, team: server.teams.get('Network') },
      service: { label: 'app', value: 'shop', by: 'table' },
      severity: { label: 'level', value: 'page', by: 'table' },
      storms: ['cluster=north', 'alertname=InstanceDown'],
    });
    expect(await written()).toEqual(before);

    expect((await admin.call('PATCH', at(made), { mapping })).status).toBe(204);
    const sent = await server.call('POST', `/api/alerts/${made.integration.id}`, payload, {
      authorization: `Bearer ${made.key}`,
    });
    expect(sent.status).toBe(202);
    await server.alerts.idle();
    const { data } = await server.store.reader
      .selectFrom('record')
      .select('data')
      .where('requester', '=', made.integration.id)
      .executeTakeFirstOrThrow();
    expect(JSON.parse(data) as Ticket).toMatchObject(told.incident);
  });

  it('[INC-140] says which values the table does not name, and that nothing fires', async () => {
    const made = await integrate('alertmanager');
    const payload = alertmanagerPayload('g', [{ name: 'a', labels: { severity: 'page' } }]);
    const tried = await admin.call('POST', at(made, '/trial'), { payload: JSON.stringify(payload) });
    expect(await tried.json()).toMatchObject({
      incident: { impact: 2, urgency: 2 },
      severity: { value: 'page', by: null },
      service: { value: null, by: null },
    });
    const ended = alertmanagerPayload('g', [{ name: 'a', status: 'resolved' }]);
    const over = await admin.call('POST', at(made, '/trial'), { payload: JSON.stringify(ended) });
    expect(await over.json()).toMatchObject({ firing: 0, incident: null, refusal: null });
  });

  it('[INC-146] [INC-147] says which severity of several counts, and that a value is the name of a service', async () => {
    const made = await integrate('alertmanager');
    const payments = await makeService('Payments');
    const labels = { service: 'PAYMENTS', severity: 'warning' };
    const payload = alertmanagerPayload('g', [
      { name: 'a', labels },
      { name: 'b', labels: { ...labels, severity: 'critical' } },
    ]);
    const tried = await admin.call('POST', at(made, '/trial'), { payload: JSON.stringify(payload) });
    expect(await tried.json()).toMatchObject({
      incident: { priority: 1, service: payments, team: server.teams.get('Network') },
      severity: { value: 'critical', values: ['warning', 'critical'], by: 'table' },
      service: { value: 'PAYMENTS', values: ['PAYMENTS'], by: 'name' },
    });
  });

  it('[INC-140] names each field of a payload that would not be taken', async () => {
    const made = await integrate('alertmanager');
    const bad = {
      version: '4',
      groupKey: '',
      status: 'firing',
      alerts: [{ status: 'burning', startsAt: 'x' }],
    };
    const answer = await admin.call('POST', at(made, '/trial'), { payload: JSON.stringify(bad) });
    expect(answer.status).toBe(422);
    const { faults } = (await answer.json()) as { faults: { where: string }[] };
    expect(faults.map(({ where }) => where)).toEqual([
      'body.groupKey',
      'body.alerts.0.status',
      'body.alerts.0.startsAt',
    ]);
    expect((await admin.call('POST', at(made, '/trial'), { payload: '{' })).status).toBe(422);
    const none = await admin.call('GET', at(made, '/malformed'));
    expect(await none.json()).toEqual({ payloads: [] });
  });

  it('[INC-142] refuses services and teams that are not there, by field', async () => {
    const made = await integrate('grafana');
    const mapping = {
      serviceLabel: 'app',
      services: { shop: 'nowhere' },
      severityLabel: 'level',
      severities: {},
    };
    for (const [method, rest, more] of [
      ['PATCH', '', {}],
      ['POST', '/trial', { payload: '{}' }],
    ] as const) {
      const answer = await admin.call(method, at(made, rest), { mapping, team: 'nobody', ...more });
      expect(answer.status).toBe(400);
      expect(await answer.json()).toMatchObject({
        faults: [{ where: 'body.team' }, { where: 'body.mapping.services.shop' }],
      });
    }
  });

  it('[INC-141] keeps the last payloads without their keys, for administrators alone', async () => {
    const made = await integrate('pagerduty');
    for (let count = 0; count < 25; count += 1) {
      const event = {
        routing_key: made.key,
        event_action: 'trigger',
        dedup_key: `disk-${count}`,
        payload: { summary: 'Disk full', source: 'db1', severity: 'error' },
      };
      const sent = await server.call('POST', `/api/alerts/${made.integration.id}/v2/enqueue`, event);
      expect(sent.status).toBe(202);
    }
    await server.call('POST', `/api/alerts/${made.integration.id}`, { routing_key: made.key, odd: true });
    const { payloads } = (await (await admin.call('GET', at(made, '/received'))).json()) as {
      payloads: { body: string }[];
    };
    expect(payloads).toHaveLength(20);
    expect(payloads[0]?.body).toContain('disk-24');
    const malformed = await (await admin.call('GET', at(made, '/malformed'))).text();
    expect(malformed).toContain('odd');
    expect(`${JSON.stringify(payloads)}${malformed}`).not.toContain(made.key);
    const tried = await admin.call('POST', at(made, '/trial'), { payload: payloads[0]?.body });
    expect(await tried.json()).toMatchObject({ incident: { title: 'Disk full' } });
    for (const rest of ['/received', '/malformed'])
      expect((await agent.call('GET', at(made, rest))).status).toBe(403);
    expect((await agent.call('POST', at(made, '/trial'), { payload: '{}' })).status).toBe(403);
  });
});
