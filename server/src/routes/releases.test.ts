import { journalName, releaseBoardName, releaseName, roomName } from '@muster/documents';
import { readPlainEvents, readRelease, readReleaseRows } from '@muster/documents/release';
import { changeInRelease } from '@muster/domain/flows';
import type { Change } from '@muster/domain/change';
import { readinessOf } from '@muster/domain/release';
import type { Release, ReleaseEvent } from '@muster/domain/release';
import { recordId } from '@muster/domain/shared';
import { ulid } from 'ulid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer } from '../testing.ts';
import type { StockClient, TestServer, TestSession } from '../testing.ts';

const HOUR = 3_600_000;

let server: TestServer;
let lead: TestSession;
let agent: TestSession;
let other: TestSession;
let requester: TestSession;
let service: string;

beforeAll(async () => {
  server = await startTestServer();
  const admin = await server.signIn('admin@desk.test');
  [lead, agent, other, requester] = (await Promise.all(
    ['lead', 'agent', 'other', 'requester'].map((who) => server.signIn(`${who}@desk.test`)),
  )) as [TestSession, TestSession, TestSession, TestSession];
  const body = { name: 'Mail', team: null, criticality: 3 };
  service = ((await (await admin.call('POST', '/api/services', body)).json()) as { id: string }).id;
});
afterAll(() => server.stop());

async function stored<Record>(table: 'release' | 'change', id: string): Promise<Record> {
  const row = await server.store.reader
    .selectFrom(table)
    .select('data')
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  return JSON.parse(row.data) as Record;
}

const releaseOf = (id: string) => stored<Release>('release', id);
const changeOf = (id: string) => stored<Change>('change', id);

const applied = { outcome: 'applied' };
const refused = (reason: string, facts: object = {}) => ({
  outcome: 'refused',
  refusal: { code: `release/${reason}`, ...facts },
});

const FIELDS = {
  kind: 'minor',
  title: 'Summer release',
  label: '2026.6',
  services: [] as string[],
  owner: null as string | null,
  pace: 'stages',
  beginsAt: Date.now() - HOUR,
  endsAt: Date.now() + 8 * HOUR,
  hypercareHours: 48,
  rollbackTestedAt: null,
};

async function drafted(fields: object = {}): Promise<string> {
  const id = ulid();
  expect(
    await agent.run('release.create', id, { fields: { ...FIELDS, services: [service], ...fields } }),
  ).toMatchObject({ ...applied, version: 1, number: expect.stringMatching(/^REL-\d{4}-\d{5}$/) as string });
  return id;
}

async function act(by: TestSession, id: string, verb: string, args: object = {}) {
  return by.run(`release.${verb}`, id, args, (await releaseOf(id)).version);
}

async function done(by: TestSession, id: string, verb: string, args: object = {}): Promise<void> {
  expect(await act(by, id, verb, args), verb).toMatchObject(applied);
}

const to = (id: string, state: string) => done(lead, id, 'transition', { to: state, reason: 'So it is' });

async function through(id: string, phase: string): Promise<void> {
  await done(lead, id, 'start-phase', { phase });
  await done(lead, id, 'complete-phase', { phase });
}

/** A change that is scheduled, of this moment: put there by hand, as if its approvals were in. */
async function scheduledChange(more: object = {}): Promise<string> {
  const id = ulid();
  const fields = { title: 'New relay', items: [service], begins: Date.now() - HOUR, ends: Date.now() + HOUR };
  await agent.run('change.create', id, { model: 'normal', fields: { ...fields, ...more } });
  return id;
}

const step = (id: string, more: object = {}) => ({
  id,
  title: 'Swap',
  phase: 'deploying',
  owner: null,
  change: null,
  minutes: 10,
  after: [],
  rollback: 'swap back',
  noReturn: false,
  ...more,
});

/** All phases before the deployment are completed and the leads say go. */
async function toDeploying(id: string): Promise<void> {
  await to(id, 'planning');
  await through(id, 'planning');
  await to(id, 'building');
  await through(id, 'building');
  await to(id, 'testing');
  await done(agent, id, 'report-check', { check: 'tests', value: 100 });
  await done(agent, id, 'report-check', { check: 'critical-vulnerabilities', value: 0 });
  await through(id, 'testing');
  await to(id, 'ready');
  await done(lead, id, 'open-roll-call', { leads: [agent.person, other.person], quorum: 2 });
  for (const each of [agent, other]) {
    const readiness = await readinessHash(id);
    await done(each, id, 'answer', { answer: 'go', readiness });
  }
  await to(id, 'go');
  await to(id, 'deploying');
  await done(lead, id, 'start-phase', { phase: 'deploying' });
}

/** As a browser computes it, from what it holds. */
async function readinessHash(id: string): Promise<string> {
  const release = await releaseOf(id);
  const changes = await Promise.all(release.members.map((member) => changeOf(member)));
  const facts = new Map(changes.map((change) => [change.id, changeInRelease(change, [])]));
  return readinessOf(release, { changes: facts }).hash;
}

async function newsOf(person: string): Promise<readonly string[]> {
  const rows = await server.store.reader
    .selectFrom('inbox_item')
    .select('kind')
    .where('person', '=', person)
    .where('process', '=', 'release')
    .execute();
  return rows.map(({ kind }) => kind);
}

function shown(client: StockClient, id: string): Release | null {
  return readRelease(client.doc, id as Release['id']).release;
}

describe('releases', () => {
  it('are made, shown on their board, whole and in their history, and to nobody else', async () => {
    const id = await drafted();
    const names = [releaseBoardName(1), releaseName(recordId(id)), journalName(recordId(id))] as const;
    const [board, whole, journal] = names.map((name) => lead.open(name)) as [
      StockClient,
      StockClient,
      StockClient,
    ];
    await Promise.all([board, whole, journal].map((each) => each.synced()));
    expect(shown(whole, id)).toEqual(await releaseOf(id));
    await done(agent, id, 'add-steps', { steps: [step(ulid()), step(ulid())] });
    await expect.poll(() => shown(whole, id)?.steps.length).toBe(2);
    expect(shown(whole, id)).toEqual(await releaseOf(id));
    await expect
      .poll(() => readReleaseRows(board.doc).releases.find((row) => row.id === id))
      .toMatchObject({ steps: 2, stepsDone: 0, state: 'draft', title: 'Summer release' });
    await expect
      .poll(() => readPlainEvents<ReleaseEvent>(journal.doc).events.map(({ event }) => event.type))
      .toEqual(['created', 'steps-added']);
    for (const name of [...names, roomName(recordId(id))]) {
      const stranger = requester.open(name);
      expect(await stranger.closed()).toMatchObject({ code: 4403 });
      stranger.destroy();
    }
    const room = agent.open(roomName(recordId(id)));
    await room.synced();
    expect(await requester.run('release.edit', id, { fields: { title: 'Mine' } }, 1)).toMatchObject(
      refused('no-such-release'),
    );
    expect(await (await requester.call('GET', '/api/documents')).text()).not.toContain('release');
    expect((await server.store.verify()).findings).toEqual([]);
    for (const each of [board, whole, journal, room]) each.destroy();
  });

  it('refuse what is malformed, and a second one of the same id', async () => {
    const id = await drafted();
    expect(await act(agent, id, 'tick', { step: 'no' })).toMatchObject({
      outcome: 'refused',
      refusal: { code: 'command/malformed' },
    });
    expect(await act(agent, id, 'fly')).toMatchObject({ refusal: { code: 'command/unknown-type' } });
    expect(await act(agent, id, 'create', { fields: FIELDS })).toMatchObject(refused('already-exists'));
    const change = await scheduledChange();
    expect(await agent.run('release.create', change, { fields: FIELDS })).toMatchObject(
      refused('no-such-release'),
    );
    expect(await act(agent, id, 'transition', { to: 'planning' })).toMatchObject(refused('not-permitted'));
    expect(await act(agent, id, 'note-alarm', { incident: ulid() })).toMatchObject(refused('not-permitted'));
  });

  it('[FLW-34] carry changes, and a night of them goes from roll call to hypercare with its news and alarm', async () => {
    const change = await scheduledChange();
    const id = await drafted({ owner: lead.person });
    expect(await act(agent, id, 'add-changes', { changes: [ulid()] })).toMatchObject(
      refused('unknown-change'),
    );
    await done(agent, id, 'add-changes', { changes: [change] });
    const [first, second] = [ulid(), ulid()];
    await done(agent, id, 'add-steps', {
      steps: [
        step(first, { owner: agent.person, change }),
        step(second, { owner: other.person, after: [first], noReturn: true }),
      ],
    });
    await toDeploying(id);
    expect(await act(agent, id, 'tick', { step: second })).toMatchObject(refused('step-waits'));
    await done(agent, id, 'tick', { step: first });
    await done(other, id, 'tick', { step: second });
    expect(await newsOf(other.person)).toEqual(
      expect.arrayContaining(['step-assigned', 'go-asked', 'step-next']),
    );
    expect(await newsOf(lead.person)).toContain('no-return');
    expect(
      await act(lead, id, 'transition', { to: 'rolling_back', reason: 'Something broke' }),
    ).toMatchObject(refused('past-no-return'));
    await done(lead, id, 'complete-phase', { phase: 'deploying' });
    await to(id, 'hypercare');
    const { id: incident } = await agent.createTicket('incident', { service });
    expect((await releaseOf(id)).alarms).toMatchObject([{ incident, items: [service] }]);
    expect(await newsOf(lead.person)).toContain('release-alarm');
    const { id: elsewhere } = await agent.createTicket('incident');
    expect((await releaseOf(id)).alarms.map((alarm) => alarm.incident)).not.toContain(elsewhere);
    expect((await server.store.verify()).findings).toEqual([]);
  });

  it('converge with twenty people ticking and unticking at once', async () => {
    const id = await drafted();
    const steps = Array.from({ length: 40 }, () => step(ulid()));
    await done(agent, id, 'add-steps', { steps });
    await toDeploying(id);
    const { version } = await releaseOf(id);
    const crew = Array.from({ length: 20 }, (_, n) => ({
      by: n % 2 === 0 ? agent : other,
      client: (n % 2 === 0 ? agent : other).open(releaseName(recordId(id))),
    }));
    await Promise.all(crew.map(({ client }) => client.synced()));
    const outcomes = await Promise.all(
      crew.flatMap(({ by }, n) =>
        steps
          .filter((_, at) => at % 20 === n || at % 20 === (n + 1) % 20)
          .map(({ id: each }) => by.run('release.tick', id, { step: each }, version)),
      ),
    );
    expect(new Set(outcomes.map(({ outcome }) => outcome))).toEqual(new Set(['applied', 'superseded']));
    const after = await releaseOf(id);
    expect(after.steps.every(({ tick }) => tick !== null)).toBe(true);
    for (const { client } of crew) {
      await expect.poll(() => shown(client, id)?.version, { timeout: 10_000 }).toBe(after.version);
      expect(shown(client, id)).toEqual(after);
      client.destroy();
    }
  });
});
