/** For tests: changes of a test server and who works on them. Nothing here is used when serving. */
import { roomFragment } from '@muster/documents';
import type { ProseRoot } from '@muster/documents';
import type { Change } from '@muster/domain/change';
import { recordId } from '@muster/domain/shared';
import type { CommandOutcome, RecordId, ServiceId } from '@muster/domain/shared';
import { ulid } from 'ulid';
import { expect } from 'vitest';
import * as Y from 'yjs';
import { changeOf } from '../store/changes.ts';
import { startTestServer } from '../testing.ts';
import type { StockClient, TestServer, TestSession } from '../testing.ts';
import { HOUR } from './test-meetings.ts';

export const applied = { outcome: 'applied' };
export const refused = (reason: string, facts: object = {}) => ({
  outcome: 'refused',
  refusal: { code: `change/${reason}`, ...facts },
});

/** Answers that make a risk low. */
export const CALM = {
  answers: { tested: 'yes', backout: 'rehearsed', experience: 'often', reach: 'team' },
  ...{ likelihood: 1, impact: 1 },
};

const PEOPLE = ['admin', 'lead', 'agent', 'other', 'requester'] as const;
type People = Readonly<Record<(typeof PEOPLE)[number], TestSession>>;

/** A server with five people signed in; stop it when the tests are over. */
export async function startTestChanges(): Promise<TestChanges> {
  const server = await startTestServer();
  const sessions = await Promise.all(
    PEOPLE.map(async (who) => [who, await server.signIn(`${who}@desk.test`)] as const),
  );
  return new TestChanges(server, Object.fromEntries(sessions) as People);
}

export class TestChanges {
  readonly server: TestServer;
  readonly people: People;

  constructor(server: TestServer, people: People) {
    this.server = server;
    this.people = people;
  }

  async makeService(name: string): Promise<ServiceId> {
    const body = { name, team: null, criticality: 3 };
    const answer = await this.people.admin.call('POST', '/api/services', body);
    return ((await answer.json()) as { id: ServiceId }).id;
  }

  async present(id: RecordId): Promise<Change> {
    const row = await this.server.store.reader
      .selectFrom('change')
      .select('data')
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    return changeOf(row);
  }

  /** A normal change by the agent, with a window of four hours that has begun. */
  async draft(fields: object): Promise<RecordId> {
    return this.#make({ model: 'normal', fields: { title: 'New relay', ...window(4), ...fields } });
  }

  /** A standard change by the agent that may be carried out now. */
  async standard(template: RecordId, fields: object): Promise<RecordId> {
    return this.#make({
      ...{ model: 'standard', template },
      fields: { title: 'Renew it', ...window(2), ...fields },
    });
  }

  async #make(args: object): Promise<RecordId> {
    const id = recordId(ulid());
    expect(await this.people.agent.run('change.create', id, args)).toMatchObject({
      ...applied,
      version: 1,
      number: expect.stringMatching(/^CHG-\d{4}-\d{5}$/) as string,
    });
    return id;
  }

  async approvedTemplate(): Promise<RecordId> {
    const { agent, lead } = this.people;
    const template = recordId(ulid());
    const fields = {
      ...{ name: 'Renew a certificate', outage: false, tasks: [], minutes: 60, team: null },
      ...{ plans: { implementation: 'Ask, install, look' }, riskInput: CALM },
    };
    expect(await agent.run('change-template.propose', template, { fields })).toMatchObject(applied);
    expect(await lead.run('change-template.approve', template, { revision: 1 }, 1)).toMatchObject(applied);
    return template;
  }

  /** Runs one act on what stands. */
  async act(by: TestSession, id: RecordId, verb: string, args: object = {}): Promise<CommandOutcome> {
    return by.run(`change.${verb}`, id, args, (await this.present(id)).version);
  }

  /** Runs acts as the agent, all of which are applied. */
  async go(id: RecordId, ...steps: readonly string[]): Promise<void> {
    for (const to of steps)
      expect(await this.act(this.people.agent, id, 'step', { to }), to).toMatchObject(applied);
  }

  /** Writes a paragraph into a room and waits until the server has it. The client stays open. */
  async write(by: TestSession, room: string, root: ProseRoot, words: string): Promise<StockClient> {
    const { documents } = this.server.store;
    const client = by.open(room);
    await client.synced();
    const before = (await documents.load(room))?.headSeq ?? 0;
    roomFragment(client.doc, root).push([paragraph(words)]);
    await expect.poll(async () => (await documents.load(room))?.headSeq ?? 0).toBeGreaterThan(before);
    return client;
  }

  /** What somebody was told of a record, oldest first. */
  async told(who: TestSession, record: RecordId): Promise<readonly (readonly [string, unknown])[]> {
    const rows = await this.server.store.reader
      .selectFrom('inbox_item')
      .select(['kind', 'detail'])
      .where('person', '=', who.person)
      .where('record', '=', record)
      .where('kind', 'not in', ['refused', 'superseded'])
      .orderBy('at')
      .orderBy('id')
      .execute();
    return rows.map(({ kind, detail }) => [kind, JSON.parse(detail) as unknown]);
  }

  /** Three must approve for the board. */
  async setPolicy(more: object = {}): Promise<void> {
    const { admin, lead, other } = this.people;
    const rules = (await (await lead.call('GET', '/api/change/rules')).json()) as {
      policies: { id: string; version: number }[];
    };
    const basis = rules.policies.find(({ id }) => id === 'board')?.version ?? 0;
    const rule = {
      ...{ name: 'Board of three', stage: 'board', when: {}, rule: { kind: 'all' } },
      approvers: [lead, admin, other].map(({ person }) => ({ kind: 'person', person, weight: 1 })),
      ...{ delegates: null, withinMs: null, ownMayVote: false },
      ...more,
    };
    expect((await lead.call('PUT', '/api/change/policies/board', { basis, rule })).status).toBe(200);
  }
}

function window(hours: number): { readonly begins: number; readonly ends: number } {
  const begins = Date.now() - HOUR;
  return { begins, ends: begins + hours * HOUR };
}

export function paragraph(words: string): Y.XmlElement {
  const element = new Y.XmlElement('paragraph');
  element.insert(0, [new Y.XmlText(words)]);
  return element;
}
