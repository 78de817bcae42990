/** For tests: problems of a test server and who works on them. Nothing here is used when serving. */
import type { Problem, ProblemFields } from '@muster/domain/problem';
import { recordId } from '@muster/domain/shared';
import type { CommandOutcome, RecordId, Ticket } from '@muster/domain/shared';
import { ulid } from 'ulid';
import { ticketOf } from '../commands/records.ts';
import { problemOf } from '../store/problems.ts';
import { startTestServer } from '../testing.ts';
import type { TestServer, TestSession } from '../testing.ts';

export const applied = { outcome: 'applied' };

export const FIELDS: ProblemFields = {
  ...{ title: 'The tunnel drops', service: null, items: [], team: null, owner: null },
  ...{ impact: 2, urgency: 2, major: false, workaround: 'Connect again', fix: '' },
};

const PEOPLE = ['lead', 'agent', 'other', 'requester'] as const;

/** A server with four people signed in; stop it when the tests are over. */
export async function startTestProblems(): Promise<TestProblems> {
  const server = await startTestServer();
  const [lead, agent, other, requester] = await Promise.all(
    PEOPLE.map((who) => server.signIn(`${who}@desk.test`)),
  );
  if (lead === undefined || agent === undefined || other === undefined || requester === undefined)
    throw new Error('not everybody is signed in');
  return new TestProblems(server, { lead, agent, other, requester });
}

export class TestProblems {
  readonly server: TestServer;
  readonly people: Readonly<Record<(typeof PEOPLE)[number], TestSession>>;

  constructor(server: TestServer, people: TestProblems['people']) {
    this.server = server;
    this.people = people;
  }

  async open(fields: Partial<ProblemFields> = {}, incidents: readonly RecordId[] = []): Promise<RecordId> {
    const id = recordId(ulid());
    const origin = { kind: 'found', incident: null, evidence: '' };
    const args = { fields: { ...FIELDS, ...fields }, origin, incidents };
    const answer = await this.people.agent.run('problem.create', id, args);
    if (answer.outcome !== 'applied') throw new Error(JSON.stringify(answer));
    return id;
  }

  /** Runs one act on what stands, or on an earlier version. */
  async act(
    by: TestSession,
    id: RecordId,
    verb: string,
    args: object = {},
    basis?: number,
  ): Promise<CommandOutcome> {
    return by.run(`problem.${verb}`, id, args, basis ?? (await this.at(id)).version);
  }

  /** Runs an act that must be let through. */
  async do(id: RecordId, verb: string, args: object = {}, by = this.people.lead): Promise<void> {
    const answer = await this.act(by, id, verb, args);
    if (answer.outcome !== 'applied') throw new Error(`${verb}: ${JSON.stringify(answer)}`);
  }

  /** With a root cause, being fixed. */
  async beingFixed(incidents: readonly RecordId[]): Promise<RecordId> {
    const id = await this.open({ fix: 'A longer lease' }, incidents);
    for (const to of ['assess', 'rca']) await this.do(id, 'step', { to });
    await this.do(id, 'state-cause', { factor: 'f1', text: 'The lease ends' });
    await this.do(id, 'step', { to: 'fix_in_progress' });
    return id;
  }

  async at(id: RecordId): Promise<Problem> {
    return problemOf(
      await this.server.store.reader
        .selectFrom('problem')
        .select('data')
        .where('id', '=', id)
        .executeTakeFirstOrThrow(),
    );
  }

  async incident(): Promise<RecordId> {
    const { agent, requester } = this.people;
    return (await agent.createTicket('incident', { requester: requester.person })).id;
  }

  /** One that somebody works on and that waits for a problem. */
  async waiting(): Promise<RecordId> {
    const id = await this.incident();
    const step = async (args: object) =>
      this.people.agent.run('incident.transition', id, args, (await this.ticket(id)).version);
    await step({ to: 'in_progress' });
    await step({ to: 'on_hold', holdReason: 'problem', reason: 'Its problem is looked into' });
    return id;
  }

  async ticket(id: RecordId): Promise<Ticket> {
    return ticketOf(
      await this.server.store.reader
        .selectFrom('record')
        .select('data')
        .where('id', '=', id)
        .executeTakeFirstOrThrow(),
    );
  }

  /** The notes of an incident for its staff. */
  notes(id: RecordId): Promise<readonly string[]> {
    return this.said(id, 'commented');
  }

  /** The words of some of its events. */
  async said(id: RecordId, type: string, field = 'text'): Promise<readonly string[]> {
    const rows = await this.server.store.reader
      .selectFrom('event')
      .select('data')
      .where('record', '=', id)
      .where('type', '=', type)
      .execute();
    return rows.map(({ data }) => (JSON.parse(data) as Readonly<Record<string, string>>)[field] ?? '');
  }

  async told(person: string, record: RecordId): Promise<readonly Readonly<Record<string, unknown>>[]> {
    const rows = await this.server.store.reader
      .selectFrom('inbox_item')
      .select('detail')
      .where('person', '=', person)
      .where('record', '=', record)
      .where('kind', '=', 'problem-item')
      .execute();
    return rows.map(({ detail }) => JSON.parse(detail) as Readonly<Record<string, unknown>>);
  }
}
