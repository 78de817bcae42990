/** For tests: known errors of a test server and what is done with them. Nothing here is used when serving. */
import { articleFragment, readArticle } from '@muster/documents/knowledge';
import { articleName } from '@muster/documents';
import type { ArticleText, KnowledgeFields, KnowledgeKind, KnownError } from '@muster/domain/problem';
import { recordId } from '@muster/domain/shared';
import type { CommandOutcome, RecordId } from '@muster/domain/shared';
import { ulid } from 'ulid';
import * as Y from 'yjs';
import { knownErrorOf } from '../store/known-errors.ts';
import type { TestServer, TestSession } from '../testing.ts';

export const FIELDS: KnowledgeFields = {
  ...{ title: 'VPN drops every hour', symptom: 'The tunnel closes.', workaround: 'Connect again.' },
  ...{ cause: '', errorCode: 'ERR-809', items: [], service: null, category: null, words: ['tunnel'] },
  ...{ problem: null, audience: 'staff', validUntil: null, owner: null, reviewers: [] },
};

export class TestKnowledge {
  readonly #server: TestServer;
  readonly #agent: TestSession;
  readonly #lead: TestSession;

  constructor(server: TestServer, agent: TestSession, lead: TestSession) {
    this.#server = server;
    this.#agent = agent;
    this.#lead = lead;
  }

  async make(fields: Partial<KnowledgeFields> = {}, kind: KnowledgeKind = 'known-error'): Promise<RecordId> {
    const id = recordId(ulid());
    const args = { kind, fields: { ...FIELDS, ...fields } };
    return this.#done(id, await this.#agent.run('known-error.create', id, args));
  }

  async published(fields: Partial<KnowledgeFields> = {}, words = ''): Promise<RecordId> {
    const id = await this.make(fields);
    if (words !== '') await this.write(id, words);
    return this.publish(id);
  }

  /** Submitted by the agent and published by the lead, with the text that stands. */
  async publish(id: RecordId): Promise<RecordId> {
    this.#done(id, await this.act(this.#agent, id, 'submit'));
    return this.#done(id, await this.act(this.#lead, id, 'publish', { text: await this.digest(id) }));
  }

  /** Runs one act on what stands, or on an earlier version. */
  async act(
    by: TestSession,
    id: RecordId,
    verb: string,
    args: object = {},
    basis?: number,
  ): Promise<CommandOutcome> {
    return by.run(`known-error.${verb}`, id, args, basis ?? (await this.at(id)).version);
  }

  async at(id: RecordId): Promise<KnownError> {
    const row = await this.#server.store.reader
      .selectFrom('known_error')
      .select('data')
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    return knownErrorOf(row);
  }

  /** Writes a paragraph into the text, as a person's editor does, and waits until the server has it. */
  async write(id: RecordId, words: string, by = this.#agent): Promise<void> {
    const client = by.open(articleName(id));
    await client.synced();
    const paragraph = new Y.XmlElement('paragraph');
    paragraph.insert(0, [new Y.XmlText(words)]);
    articleFragment(client.doc).push([paragraph]);
    while (!(await this.#text(id)).words.includes(words)) continue;
    client.destroy();
  }

  async digest(id: RecordId): Promise<string | null> {
    return (await this.#text(id)).digest;
  }

  async #text(id: RecordId): Promise<ArticleText> {
    const client = this.#agent.open(articleName(id));
    await client.synced();
    const text = readArticle(client.doc);
    client.destroy();
    return text;
  }

  #done(id: RecordId, answer: CommandOutcome): RecordId {
    if (answer.outcome !== 'applied') throw new Error(JSON.stringify(answer));
    return id;
  }
}
