import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nextReportAt } from '@muster/domain/shared';
import type { Ticket } from '@muster/domain/shared';
import { openLog } from '../log.ts';
import { startTestServer } from '../testing.ts';
import type { TestServer, TestSession } from '../testing.ts';
import { startReportClock } from './report-clock.ts';

const MINUTE_MS = 60_000;

let server: TestServer;
let lead: TestSession;
let agent: TestSession;
beforeAll(async () => {
  server = await startTestServer();
  [lead, agent] = await Promise.all(
    ['lead', 'agent'].map((who) => server.signIn(`${who}@desk.test`)) as [
      Promise<TestSession>,
      Promise<TestSession>,
    ],
  );
});
afterAll(() => server.stop());

const clockOn = () => startReportClock(server.store, openLog('silent'));

async function ticketOf(id: string): Promise<Ticket> {
  const answer = (await (await lead.call('GET', `/api/records/${id}`)).json()) as { ticket: Ticket };
  return answer.ticket;
}

async function openMajor(): Promise<string> {
  const { id } = await lead.createTicket('incident');
  await lead.run('incident.accept-major', id, { severity: 1 }, 1);
  const { version } = await ticketOf(id);
  await agent.run('incident.assign-role', id, { role: 'scribe', person: agent.person }, version);
  return id;
}

/** What was told of reports of an incident, by person and stage. */
async function told(id: string): Promise<readonly string[]> {
  const rows = await server.store.reader
    .selectFrom('inbox_item')
    .selectAll()
    .where('record', '=', id)
    .where('kind', '=', 'report-due')
    .execute();
  return rows
    .map(({ person, detail }) => `${person} ${(JSON.parse(detail) as { stage: string }).stage}`)
    .sort();
}

describe('the report clock', () => {
  it('[INC-85] reminds commander and scribe before a report is due and when it is overdue, once, also after a start', async () => {
    const id = await openMajor();
    const due = nextReportAt((await ticketOf(id)).major) ?? 0;
    const clock = clockOn();
    expect(await clock.tick(due - 6 * MINUTE_MS)).toBe(0);
    expect(await clock.tick(due - 4 * MINUTE_MS)).toBe(1);
    expect(await clock.tick(due - 3 * MINUTE_MS)).toBe(0);
    clock.stop();

    const started = clockOn();
    await started.tick(due - 2 * MINUTE_MS);
    expect(await told(id)).toHaveLength(2);
    expect(await started.tick(due + MINUTE_MS)).toBe(1);
    await started.tick(due + 2 * MINUTE_MS);
    started.stop();
    const both = [lead, agent].flatMap(({ person }) => [`${person} due`, `${person} overdue`]);
    expect(await told(id)).toEqual(both.sort());
  });

  it('[INC-85] a report that was sent is asked for no more, nor one of a resolved incident', async () => {
    const id = await openMajor();
    const due = nextReportAt((await ticketOf(id)).major) ?? 0;
    const { version } = await ticketOf(id);
    const report = { conditions: 'Everything stands still.', actions: '', needs: '' };
    await agent.run('incident.send-report', id, report, version);
    const sent = (await ticketOf(id)).major?.reports;
    expect(sent).toMatchObject({ count: 1 });
    const clock = clockOn();
    const next = nextReportAt((await ticketOf(id)).major) ?? 0;
    expect(next).toBeGreaterThan(due);
    await clock.tick(next - 6 * MINUTE_MS);
    expect(await told(id)).toEqual([]);
    const started = await ticketOf(id);
    await lead.run('incident.transition', id, { to: 'in_progress' }, started.version);
    const resolution = { to: 'resolved', code: 'fixed', notes: 'The relay was restarted.' };
    await lead.run('incident.transition', id, resolution, (await ticketOf(id)).version);
    await clock.tick(next + MINUTE_MS);
    expect(await told(id)).toEqual([]);
    clock.stop();
  });
});
