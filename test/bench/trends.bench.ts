/** How long each trend over 100,000 incidents takes on the server, and what a write waits for beside it. */
import { serviceId } from '@muster/domain/shared';
import { startTestServer } from '@muster/server/testing';
import { setTimeout as sleep } from 'node:timers/promises';
import { seededHistory } from '../support/records.ts';
import type { Cast, History } from '../support/records.ts';
import { median, quantile, report } from './report.ts';
import type { Measurement } from './report.ts';

const INCIDENTS = 100_000;
const BATCH = 500;
const SERVICES = 40;
const CATEGORIES = 25;
const PROBLEMS = 300;
/** Of so many incidents one was reopened. */
const CAME_BACK = 19;
const RESOLVED_AFTER_MS = 3_600_000;
/** Between two writes: a desk that opens ten incidents a second. */
const WRITE_PAUSE_MS = 100;
const ROUNDS = 3;
const TARGET_MS = 2_000;
const WRITE_TARGET_MS = 100;

const ASKED = {
  'Pareto by service': 'pareto?by=service',
  'Pareto by caller': 'pareto?by=caller',
  'Pareto by item': 'pareto?by=item',
  'Pareto by cause': 'pareto?by=cause',
  'Pareto by category of one item': 'pareto?by=category&item=service-7',
  'Pareto by category': 'pareto?by=category',
  'heat map': 'heat-map?zone=Europe/Zurich',
  'control chart': 'weeks?zone=Europe/Zurich',
  recurrences: 'recurrences?',
  clusters: 'clusters?',
  'effect of a fix': `fix-effect?fixedAt=${Date.now() - 60 * 86_400_000}`,
} as const;

const server = await startTestServer();
const agent = await server.signIn('agent@desk.test');
const cast = { requester: agent.person, staff: [agent.person], teams: [...server.teams.values()] };
const now = Date.now();
const services = Array.from({ length: SERVICES }, (_, at) => ({
  ...{ id: `service-${at}`, name: `Service ${at}`, team: null, criticality: 3 },
}));
await server.store.writer.insertInto('service').values(services).execute();
await server.store.refreshDirectory();
for (let from = 0; from < INCIDENTS; from += BATCH) {
  const batch = Array.from({ length: BATCH }, (_, at) => incident(from + at, cast));
  await server.store.commands.importHistories(batch, { dryRun: false });
}
await nameItemsAndCauses();

const alone = await writesWhile(sleep(3_000));
const measured: Measurement[] = [
  { what: 'a write with nothing beside it: 95th percentile', value: quantile(alone, 0.95), unit: 'ms' },
];
for (const [what, path] of Object.entries(ASKED)) {
  const times: number[] = [];
  const asking = (async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const from = performance.now();
      const answer = await agent.call('GET', `/api/trends/${path}`);
      await answer.text();
      if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}`);
      times.push(performance.now() - from);
    }
  })();
  const writes = await writesWhile(asking);
  measured.push(
    { what: `${what}: slowest of ${ROUNDS}`, value: Math.max(...times), unit: 'ms', target: TARGET_MS },
    {
      what: `${what}: a write beside it, median`,
      value: median(writes),
      unit: 'ms',
      target: WRITE_TARGET_MS,
    },
  );
}
await report('trends', measured);
await server.stop();

/** Each incident is resolved and about an item, a third have one of the problems behind them, and some came back. */
async function nameItemsAndCauses(): Promise<void> {
  const { writer } = server.store;
  const records = await writer.selectFrom('record').select(['key', 'id']).execute();
  for (let from = 0; from < records.length; from += BATCH) {
    const about = records.slice(from, from + BATCH);
    await writer
      .insertInto('record_item')
      .values(about.map(({ key }) => ({ item: `service-${key % SERVICES}`, record: key })))
      .execute();
  }
  const cameBack = records.map(({ key }) => key).filter((key) => key % CAME_BACK === 0);
  await writer
    .updateTable('record')
    .set(({ eb, ref }) => ({ resolved_at: eb(ref('created_at'), '+', RESOLVED_AFTER_MS) }))
    .execute();
  await writer.updateTable('record').set({ reopened: 1 }).where('key', 'in', cameBack).execute();
  const caused = records.filter(({ key }) => key % 3 === 0).map(({ id }) => id);
  const problems = Array.from({ length: PROBLEMS }, (_, at) => {
    const id = `01PROBLEM${String(at).padStart(17, '0')}`;
    const incidents = caused.filter((_, place) => place % PROBLEMS === at);
    const title = `Problem ${at}`;
    return {
      ...{ id, number: `PRB-2026-${String(at).padStart(5, '0')}`, version: 1, state: 'rca', title },
      ...{ priority: 3, service: null, team: null, owner: null, major: 0, known_error: 0, due_at: null },
      ...{ made_by: agent.person, made_at: 1, updated_at: 1, ended_at: null, live: 0 },
      data: JSON.stringify({ id, number: null, title, factors: [], cause: null, incidents }),
    };
  });
  await writer.insertInto('problem').values(problems).execute();
}

/** Of the seed, where each third record is a request, with a service and a category. */
function incident(at: number, by: Cast): History {
  const history = seededHistory(Math.floor(at / 2) * 3 + 1 + (at % 2), by, now);
  const events = history.events.map(({ event, ...rest }) => {
    if (event.type !== 'created') return { event, ...rest };
    const about = { service: serviceId(`service-${at % SERVICES}`), category: `Category ${at % CATEGORIES}` };
    return { ...rest, event: { ...event, ticket: { ...event.ticket, ...about } } };
  });
  return { ...history, events };
}

/** How long each write took while something went on. */
async function writesWhile(going: Promise<unknown>): Promise<readonly number[]> {
  const times: number[] = [];
  let over = false;
  const ended = going.finally(() => (over = true));
  do {
    const from = performance.now();
    await agent.createTicket('incident', { title: 'Beside a trend' });
    times.push(performance.now() - from);
    await sleep(WRITE_PAUSE_MS);
  } while (!over);
  await ended;
  return times;
}
