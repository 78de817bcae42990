import type { Recorded, Ticket, TicketEvent } from '@muster/domain/shared';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { alertmanagerPayload } from '../alerts/test-payloads.ts';
import { startTestServer } from '../testing.ts';
import type { TestServer, TestSession } from '../testing.ts';

interface Made {
  readonly integration: { readonly id: string; readonly name: string };
  readonly key: string;
}

let server: TestServer;
let admin: TestSession;
let agent: TestSession;
beforeAll(async () => {
  server = await startTestServer();
  admin = await server.signIn('admin@desk.test');
  agent = await server.signIn('agent@desk.test');
});
afterAll(() => server.stop());

async function integrate(kind: string, more: object = {}): Promise<Made> {
  const answer = await admin.call('POST', '/api/integrations', { name: `Watch ${kind}`, kind, ...more });
  expect(answer.status).toBe(201);
  return (await answer.json()) as Made;
}

async function send({ integration, key }: Made, body: unknown, path = ''): Promise<Response> {
  const answer = await server.call('POST', `/api/alerts/${integration.id}${path}`, body, {
    authorization: `Bearer ${key}`,
  });
  await server.alerts.idle();
  return answer;
}

/** The incidents that an integration made, oldest first. */
async function incidentsOf({ integration }: Made): Promise<readonly Ticket[]> {
  const rows = await server.store.reader
    .selectFrom('record')
    .select('data')
    .where('requester', '=', integration.id)
    .orderBy('key')
    .execute();
  return rows.map(({ data }) => JSON.parse(data) as Ticket);
}

async function historyOf(id: string): Promise<readonly TicketEvent[]> {
  const { events } = (await (await agent.call('GET', `/api/records/${id}`)).json()) as {
    events: Recorded<TicketEvent>[];
  };
  return events.map(({ event }) => event);
}

describe('taking alerts in', () => {
  it('makes an incident of a firing group, with the mapping’s service and priority, and resolves it when all is over', async () => {
    const made = await integrate('alertmanager', { team: server.teams.get('Network') });
    const answer = await send(made, alertmanagerPayload('g1', [{ name: 'a' }, { name: 'b' }]));
    expect(answer.status).toBe(202);
    const [incident] = await incidentsOf(made);
    expect(incident).toMatchObject({
      process: 'incident',
      state: 'new',
      channel: 'alert',
      priority: 1,
      team: server.teams.get('Network'),
    });

    await send(made, alertmanagerPayload('g1', [{ name: 'a', status: 'resolved' }, { name: 'b' }]));
    expect((await incidentsOf(made)).map(({ state }) => state)).toEqual(['new']);
    await send(made, alertmanagerPayload('g1', [{ name: 'b', status: 'resolved' }]));
    await send(made, alertmanagerPayload('g1', [{ name: 'b', status: 'resolved' }]));
    expect((await incidentsOf(made)).map(({ state }) => state)).toEqual(['resolved']);
    const resolved = (await historyOf(incident?.id ?? '')).filter(
      (event) => event.type === 'transitioned' && event.to === 'resolved',
    );
    expect(resolved).toHaveLength(1);
  });

  it('keeps a group sent again as it is, also with fewer of its members', async () => {
    const made = await integrate('grafana');
    const whole = alertmanagerPayload('g', [{ name: 'a' }, { name: 'b' }], {
      version: '1',
      orgId: 1,
      title: '[FIRING:2]',
    });
    await send(made, whole);
    const [before] = await incidentsOf(made);
    await send(made, whole);
    await send(made, alertmanagerPayload('g', [{ name: 'b' }]));
    expect(await incidentsOf(made)).toEqual([before]);
  });

  it('[INC-146] [INC-148] counts the worst that fires, also of what joins later, until a person judges it', async () => {
    const made = await integrate('alertmanager');
    const of = (severity: string) => ({ name: severity, labels: { severity } });
    const levels = async () =>
      (await incidentsOf(made)).map(({ impact, urgency, priority }) => [impact, urgency, priority]);
    await send(made, alertmanagerPayload('g', [of('info'), of('warning')]));
    expect(await levels()).toEqual([[2, 2, 3]]);
    await send(made, alertmanagerPayload('g', [of('warning'), of('error')]));
    expect(await levels()).toEqual([[1, 2, 2]]);
    const [{ id, version } = { id: '', version: 0 }] = await incidentsOf(made);
    const edited = (await historyOf(id)).filter(({ type }) => type === 'edited');
    expect(edited).toMatchObject([
      { fields: { impact: 1 }, before: { impact: 2, priority: 3 }, priority: 2 },
    ]);
    await agent.run('incident.edit', id, { fields: { impact: 2 } }, version);
    await send(made, alertmanagerPayload('g', [of('critical')]));
    expect(await levels()).toEqual([[2, 2, 3]]);
  });

  it('[INC-147] makes an incident of the service that a label names, whatever its case', async () => {
    const made = await integrate('alertmanager');
    const asked = { name: 'Payments', team: server.teams.get('Network'), criticality: 1 };
    const service = await admin.call('POST', '/api/services', asked);
    const { id } = (await service.json()) as { id: string };
    await send(made, alertmanagerPayload('g', [{ name: 'a', labels: { service: 'payments' } }]));
    expect(await incidentsOf(made)).toMatchObject([{ service: id, team: server.teams.get('Network') }]);
  });

  it('tells alerts apart that are alike in all that is shown', async () => {
    const made = await integrate('alertmanager');
    await send(made, alertmanagerPayload('g', [{ name: 'a' }, { name: 'b' }]));
    const [{ id } = { id: '' }] = await incidentsOf(made);
    const answer = await agent.call('GET', `/api/records/${id}/alerts`);
    const { alerts } = (await answer.json()) as { alerts: { id: string; startsAt: number }[] };
    expect(new Set(alerts.map((alert) => alert.startsAt)).size).toBe(1);
    expect(new Set(alerts.map((alert) => alert.id)).size).toBe(2);
  });

  it('[INC-66] lists the worst first of those that fire, as the mapping has it, then the newest', async () => {
    const severities = { page: { impact: 1, urgency: 1 }, note: { impact: 3, urgency: 3 } };
    const made = await integrate('alertmanager', {
      mapping: { serviceLabel: 'service', services: {}, severityLabel: 'level', severities },
    });
    const at = (hour: number, name: string, level: string) => ({
      ...{ name, startsAt: `2026-01-01T0${hour}:00:00Z`, labels: { level } },
    });
    const over = at(1, 'over', 'page');
    const first = [over, at(1, 'note', 'note'), at(2, 'early', 'page'), at(3, 'late', 'page')];
    await send(made, alertmanagerPayload('g', first));
    await send(
      made,
      alertmanagerPayload('g', [{ ...over, status: 'resolved' as const }, at(4, 'unknown', 'odd')]),
    );
    const [{ id } = { id: '' }] = await incidentsOf(made);
    const { alerts } = (await (await agent.call('GET', `/api/records/${id}/alerts`)).json()) as {
      alerts: { labels: { instance: string } }[];
    };
    expect(alerts.map(({ labels }) => labels.instance)).toEqual(['late', 'early', 'unknown', 'note', 'over']);
  });

  it('[INC-145] says nothing while a silence lasts, and what fires again from when somebody ends it', async () => {
    const made = await integrate('alertmanager');
    await send(made, alertmanagerPayload('g', [{ name: 'a' }]));
    await send(made, alertmanagerPayload('g', [{ name: 'a', status: 'resolved' }]));
    const [incident] = await incidentsOf(made);
    const id = incident?.id ?? '';
    const again = (hour: number) =>
      send(made, alertmanagerPayload('g', [{ name: 'a', startsAt: `2026-01-01T0${hour}:00:00Z` }]));
    await again(1);
    expect((await incidentsOf(made)).map(({ state }) => state)).toEqual(['in_progress']);
    const act = async (verb: string, args: object) => {
      const [{ version } = { version: 0 }] = await incidentsOf(made);
      expect(await agent.run(`incident.${verb}`, id, args, version)).toMatchObject({ outcome: 'applied' });
    };
    await act('silence-alerts', { until: Date.now() + 3_600_000 });
    await send(
      made,
      alertmanagerPayload('g', [{ name: 'a', startsAt: '2026-01-01T01:00:00Z', status: 'resolved' }]),
    );
    expect((await incidentsOf(made)).map(({ state }) => state)).toEqual(['resolved']);
    await again(2);
    expect((await incidentsOf(made)).map(({ state }) => state)).toEqual(['resolved']);
    await act('end-silence', {});
    while ((await server.store.workAlerts(1)).more);
    expect((await incidentsOf(made)).map(({ state }) => state)).toEqual(['in_progress']);
    await again(3);
    expect((await incidentsOf(made)).map(({ state }) => state)).toEqual(['in_progress']);
  });

  it('reopens what alerts resolved a moment ago', async () => {
    const made = await integrate('alertmanager');
    await send(made, alertmanagerPayload('g', [{ name: 'a' }]));
    await send(made, alertmanagerPayload('g', [{ name: 'a', status: 'resolved' }]));
    await send(made, alertmanagerPayload('g', [{ name: 'a', startsAt: '2026-01-01T01:00:00Z' }]));
    const incidents = await incidentsOf(made);
    expect(incidents.map(({ state, reopenCount }) => [state, reopenCount])).toEqual([['in_progress', 1]]);
  });

  it('[DSK-151] calls the team again when an incident fires again', async () => {
    const team = server.teams.get('Desk');
    const steps = [
      { kind: 'person', person: agent.person },
      { kind: 'wait', minutes: 5 },
    ];
    const chain = await admin.call('PUT', `/api/chains/${team}`, {
      basis: 0,
      name: 'Desk',
      steps,
      repeats: 0,
    });
    expect(chain.status).toBe(200);
    const made = await integrate('alertmanager', { team });
    await send(made, alertmanagerPayload('g', [{ name: 'a' }]));
    await send(made, alertmanagerPayload('g', [{ name: 'a', status: 'resolved' }]));
    expect((await incidentsOf(made)).map(({ calls }) => calls)).toMatchObject([[{ state: 'ended' }]]);
    await send(made, alertmanagerPayload('g', [{ name: 'a', startsAt: '2026-01-01T01:00:00Z' }]));
    const [incident] = await incidentsOf(made);
    expect(incident?.calls).toMatchObject([
      { team, state: 'calling', cause: 'alert', taken: [{ people: [agent.person] }] },
    ]);
  });

  it('lets a person’s resolution stand, and says so', async () => {
    const made = await integrate('alertmanager');
    await send(made, alertmanagerPayload('g', [{ name: 'a' }]));
    const [{ id, version } = { id: '', version: 0 }] = await incidentsOf(made);
    await agent.run('incident.transition', id, { to: 'in_progress' }, version);
    await agent.run('incident.transition', id, { to: 'resolved', code: 'fixed', notes: 'x' }, version + 2);
    await send(made, alertmanagerPayload('g', [{ name: 'b' }]));
    await server.store.workAlerts(1);
    expect((await incidentsOf(made)).map(({ state }) => state)).toEqual(['resolved']);
    const due = await server.store.reader
      .selectFrom('alert')
      .select('record')
      .where('name', 'like', '%(b)%')
      .where('integration', '=', made.integration.id)
      .execute();
    expect(due).toEqual([{ record: id }]);
  });

  it('folds a storm into one incident whose members are listed', async () => {
    const made = await integrate('alertmanager');
    for (let at = 0; at < 30; at += 1) {
      await send(made, alertmanagerPayload(`g${at}`, [{ name: `host-${at}`, labels: { cluster: 'north' } }]));
    }
    const incidents = await incidentsOf(made);
    expect(incidents).toHaveLength(11);
    const storm = incidents.find(({ tags }) => tags.includes('alert-storm'));
    expect(storm?.title).toBe('Many alerts at once: cluster=north');
    const listed = (await (await agent.call('GET', `/api/records/${storm?.id}/alerts`)).json()) as {
      total: number;
      firing: number;
      alerts: { name: string; url: string }[];
    };
    expect(listed).toMatchObject({ total: 20, firing: 20 });
    expect(listed.alerts[0]).toMatchObject({ url: 'http://prometheus.test/graph' });
    const notes = (await historyOf(storm?.id ?? '')).filter(({ type }) => type === 'alerts-noted');
    expect(notes.length).toBeLessThan(3);
  });

  it('takes events of PagerDuty by their routing key, also at the path that their senders add', async () => {
    const made = await integrate('pagerduty');
    const event = (event_action: string) => ({
      routing_key: made.key,
      event_action,
      dedup_key: 'disk',
      ...(event_action === 'trigger' && {
        payload: { summary: 'Disk full', source: 'db1', severity: 'error' },
      }),
    });
    for (const [action, path] of [
      ['trigger', '/v2/enqueue'],
      ['trigger', ''],
      ['acknowledge', '/v2/enqueue'],
    ] as const) {
      const answer = await server.call('POST', `/api/alerts/${made.integration.id}${path}`, event(action));
      expect(answer.status).toBe(202);
      expect(await answer.json()).toMatchObject({ status: 'success', dedup_key: 'disk' });
    }
    await server.alerts.idle();
    const [incident] = await incidentsOf(made);
    expect(incident).toMatchObject({ title: 'Disk full', priority: 2 });
    const worse = {
      ...event('trigger'),
      payload: { summary: 'Disk full', source: 'db1', severity: 'critical' },
    };
    await server.call('POST', `/api/alerts/${made.integration.id}/v2/enqueue`, worse);
    await server.alerts.idle();
    expect(await incidentsOf(made)).toMatchObject([{ id: incident?.id, priority: 1 }]);
    expect((await historyOf(incident?.id ?? '')).map(({ type }) => type)).toContain('alerts-acknowledged');
    await server.call('POST', `/api/alerts/${made.integration.id}/v2/enqueue`, event('resolve'));
    await server.alerts.idle();
    expect((await incidentsOf(made)).map(({ state }) => state)).toEqual(['resolved']);
  });
});

describe('who may send', () => {
  it('answers a wrong key and an integration that is not there alike', async () => {
    const made = await integrate('alertmanager');
    const payload = alertmanagerPayload('g', [{ name: 'a' }]);
    const wrong = await send({ ...made, key: 'wrong' }, payload);
    const absent = await send({ ...made, integration: { id: 'nowhere', name: '' } }, payload);
    expect([wrong.status, absent.status]).toEqual([401, 401]);
    expect(await wrong.json()).toEqual(await absent.json());
  });

  it('takes the key as the password of basic authentication, and no old or revoked one', async () => {
    const made = await integrate('alertmanager');
    const payload = alertmanagerPayload('g', [{ name: 'a' }]);
    const basic = `Basic ${Buffer.from(`anybody:${made.key}`).toString('base64')}`;
    const path = `/api/alerts/${made.integration.id}`;
    expect((await server.call('POST', path, payload, { authorization: basic })).status).toBe(202);
    const rotated = await admin.call('POST', `/api/integrations/${made.integration.id}/key`);
    const { key } = (await rotated.json()) as { key: string };
    expect((await send(made, payload)).status).toBe(401);
    expect((await send({ ...made, key }, payload)).status).toBe(202);
    expect((await admin.call('DELETE', `/api/integrations/${made.integration.id}/key`)).status).toBe(204);
    expect((await send({ ...made, key }, payload)).status).toBe(401);
  });

  it('shows integrations, and lets make them, to administrators alone', async () => {
    for (const email of ['agent@desk.test', 'lead@desk.test', 'requester@desk.test']) {
      const other = await server.signIn(email);
      expect((await other.call('GET', '/api/integrations')).status).toBe(403);
      expect((await other.call('POST', '/api/integrations', { name: 'x', kind: 'grafana' })).status).toBe(
        403,
      );
    }
    const made = await integrate('grafana');
    const listed = await (await admin.call('GET', '/api/integrations')).text();
    expect(listed).toContain(made.integration.id);
    expect(listed).not.toContain(made.key);
  });

  it('shows the alerts of an incident to those who read it as staff', async () => {
    const made = await integrate('alertmanager');
    await send(made, alertmanagerPayload('g', [{ name: 'a' }]));
    const [incident] = await incidentsOf(made);
    const requester = await server.signIn('requester@desk.test');
    expect((await requester.call('GET', `/api/records/${incident?.id}/alerts`)).status).toBe(404);
    expect((await agent.call('GET', `/api/records/${incident?.id}/alerts`)).status).toBe(200);
  });
});

describe('what cannot be read', () => {
  it('is answered with problem details that name the place, and kept for administrators', async () => {
    const made = await integrate('alertmanager');
    const answer = await send(made, {
      version: '4',
      status: 'firing',
      groupKey: 'g',
      alerts: [{ status: 'burning' }],
    });
    expect(answer.status).toBe(422);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(await answer.json()).toMatchObject({
      code: 'malformed-alerts',
      faults: [{ where: 'body.alerts.0.status' }, { where: 'body.alerts.0.startsAt' }],
    });
    expect((await send(made, '{"not json')).status).toBe(422);
    for (let at = 0; at < 30; at += 1) await send(made, { at });
    const { payloads } = (await (
      await admin.call('GET', `/api/integrations/${made.integration.id}/malformed`)
    ).json()) as { payloads: { body: string }[] };
    expect(payloads).toHaveLength(20);
    expect(payloads[0]?.body).toBe('{"at":29}');
    expect((await agent.call('GET', `/api/integrations/${made.integration.id}/malformed`)).status).toBe(403);
  });

  it('is counted in the measures beside what was taken', async () => {
    const text = await (await admin.call('GET', '/metrics')).text();
    expect(text).toMatch(/muster_alerts_total\{what="received"\} \d+/);
    expect(text).toMatch(/muster_alerts_total\{what="malformed"\} \d+/);
    expect(text).toContain('muster_alerts_waiting 0');
    expect(text).not.toContain('InstanceDown');
  });
});
