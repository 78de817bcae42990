/** What the organisation of the demonstration knows: written, reviewed and published by the commands that people use. */
import { articleName } from '@muster/documents';
import { articleFragment, readArticle } from '@muster/documents/knowledge';
import type { KnowledgeAct, KnowledgeFields } from '@muster/domain/problem';
import { commandId } from '@muster/domain/shared';
import type { Actor, RecordId } from '@muster/domain/shared';
import * as Y from 'yjs';
import { stableId, stableRecordId } from '../../import/stable-id.ts';
import type { Store } from '../../store/store.ts';
import { DEMO_SERVICES } from '../organisation.ts';
import type { Cast } from '../people.ts';
import { demoProblemBegins, demoProblemId } from '../problems/index.ts';
import { DEMO_SOURCE, demoServiceId } from '../tickets.ts';
import { DEMO_KNOWLEDGE } from './entries.ts';
import type { DemoKnowledge } from './entries.ts';

const HOUR = 60 * 60_000;
const DAY = 24 * HOUR;
/** When the first of them was begun, and how long after it the next. */
const SINCE = 120 * DAY;
const APART = 7 * DAY;

export async function writeKnowledge(store: Store, cast: Cast, now: number): Promise<void> {
  for (const [place, entry] of DEMO_KNOWLEDGE.entries())
    await new KnowledgePlayer(store, cast, entry, begunAt(entry, place, now), now).play();
  await useOnTickets(store, cast, now);
}

/** What is written about a problem is begun the day after that was opened. */
function begunAt({ problem }: DemoKnowledge, place: number, now: number): number {
  return problem === undefined ? now - SINCE + place * APART : demoProblemBegins(problem, now) + DAY;
}

const idOf = (key: string): RecordId => stableRecordId(DEMO_SOURCE, `known-error-${key}`);

/** Acts out the life of one of them; a refusal is an error. */
class KnowledgePlayer {
  readonly #store: Store;
  readonly #cast: Cast;
  readonly #entry: DemoKnowledge;
  readonly #id: RecordId;
  readonly #author: Actor;
  readonly #lead: Actor;
  readonly #now: number;
  #at: number;
  #version = 0;

  constructor(store: Store, cast: Cast, entry: DemoKnowledge, from: number, now: number) {
    this.#store = store;
    this.#cast = cast;
    this.#entry = entry;
    this.#id = idOf(entry.key);
    this.#now = now;
    this.#at = from;
    const service = serviceNamed(entry.service);
    const [lead, author = lead] = cast.team(service.team).members;
    if (lead === undefined || author === undefined) throw new Error('demonstration: nobody writes');
    this.#lead = lead;
    this.#author = author;
  }

  async play(): Promise<void> {
    const { stage, kind } = this.#entry;
    await this.#act(this.#author, 0, { verb: 'create', kind, fields: this.#fields() });
    const text = await this.#write();
    if (stage === 'draft') return;
    await this.#act(this.#author, HOUR, { verb: 'submit' });
    if (stage === 'review') return;
    await this.#act(this.#lead, DAY, { verb: 'publish', text });
    await this.#rate();
    if (stage === 'next-draft') {
      const workaround =
        'Send through the second relay, and tell the partner which cipher to switch on again.';
      await this.#act(this.#author, 5 * DAY, { verb: 'edit', fields: { workaround } });
    }
    if (stage === 'retired')
      await this.#act(this.#lead, 5 * DAY, {
        verb: 'retire',
        reason: 'The old browser is gone from all laptops.',
      });
    // the one that takes its place comes next, so that it is superseded by hand then
    if (this.#entry.key === 'scanners-aisle') {
      const before = new KnowledgePlayer(this.#store, this.#cast, this.#superseded, this.#at, this.#now);
      await before.#supersededBy(this.#id);
    }
  }

  get #superseded(): DemoKnowledge {
    const before = DEMO_KNOWLEDGE.find(({ stage }) => stage === 'superseded');
    if (before === undefined) throw new Error('demonstration: nothing is superseded');
    return before;
  }

  async #supersededBy(by: RecordId): Promise<void> {
    const row = await this.#store.reader
      .selectFrom('known_error')
      .select('version')
      .where('id', '=', this.#id)
      .executeTakeFirstOrThrow();
    this.#version = row.version;
    await this.#act(this.#lead, HOUR, { verb: 'supersede', by });
  }

  #fields(): KnowledgeFields {
    const { told, words, audience, service, stage } = this.#entry;
    const { category } = serviceNamed(service);
    const id = demoServiceId(serviceNamed(service));
    return {
      ...{ ...told, words, audience, category, service: id, items: [id], problem: this.#problem() },
      validUntil: stage === 'due' ? this.#now - 2 * DAY : this.#now + 180 * DAY,
      ...{ owner: this.#author.id, reviewers: [this.#lead.id] },
    };
  }

  #problem(): RecordId | null {
    const { problem } = this.#entry;
    return problem === undefined ? null : demoProblemId(problem);
  }

  async #rate(): Promise<void> {
    const { helped, complaint } = this.#entry;
    const readers = [...this.#cast.team('Service Desk').members, ...this.#cast.team('Workplace').members];
    for (const reader of readers.slice(0, helped))
      await this.#act(reader, HOUR, { verb: 'rate', number: 1, helped: true });
    const critic = readers.at(-1);
    if (complaint !== undefined && critic !== undefined)
      await this.#act(critic, HOUR, { verb: 'rate', number: 1, helped: false, comment: complaint });
  }

  /** Its text, by its author's own hand; the digest of it. */
  async #write(): Promise<string | null> {
    const { text } = this.#entry;
    if (text.length === 0) return null;
    const name = articleName(this.#id);
    const loaded = await this.#store.documents.load(name);
    if (loaded === null) throw new Error(`demonstration: ${this.#entry.key} has no text`);
    const doc = new Y.Doc();
    for (const update of [...(loaded.snapshot === null ? [] : [loaded.snapshot]), ...loaded.tail])
      Y.applyUpdate(doc, update);
    articleFragment(doc).push(
      text.map((words) => {
        const paragraph = new Y.XmlElement('paragraph');
        paragraph.insert(0, [new Y.XmlText(words)]);
        return paragraph;
      }),
    );
    const { digest } = readArticle(doc);
    const update = Y.encodeStateAsUpdate(doc);
    const by = { person: this.#author.id, session: 'demonstration', clientIds: [doc.clientID] };
    const outcome = await this.#store.documents.append({ name, ...by, update });
    if (!outcome.ok) throw new Error(`demonstration: text refused with ${outcome.code}`);
    doc.destroy();
    return digest;
  }

  async #act(actor: Actor, after: number, { verb, ...args }: KnowledgeAct): Promise<void> {
    this.#at = Math.min(this.#at + after, this.#now);
    const id = commandId(stableId(DEMO_SOURCE, 'command', `${this.#id}-${this.#version}`));
    const envelope = { type: `known-error.${verb}`, target: this.#id, args, basis: this.#version };
    const command = { id, ...envelope, clientAt: this.#at };
    const [outcome] = await this.#store.commands.actOut([{ command, actor, at: this.#at }]);
    if (outcome?.outcome !== 'applied')
      throw new Error(`demonstration: ${verb} of ${this.#entry.key}: ${JSON.stringify(outcome)}`);
    this.#version = outcome.version;
  }
}

const MOST_USES = 4;

/** Each that is in use, on some open tickets that are about the same words. */
async function useOnTickets(store: Store, cast: Cast, now: number): Promise<void> {
  const [agent] = cast.team('Service Desk').members;
  if (agent === undefined) return;
  for (const { key, told, stage } of DEMO_KNOWLEDGE) {
    if (stage !== 'published' && stage !== 'next-draft') continue;
    const tickets = await store.reader
      .selectFrom('record')
      .select('id')
      .where('title', 'like', `%${told.title.split(' ').slice(0, 2).join(' ')}%`)
      .where('restricted_to', 'is', null)
      .where('readers', 'is', null)
      .where('created_at', '<', now - HOUR)
      .orderBy('id')
      .limit(MOST_USES)
      .execute();
    for (const { id: ticket } of tickets) {
      const id = commandId(stableId(DEMO_SOURCE, 'command', `${key}-used-${ticket}`));
      const target = idOf(key);
      const command = {
        id,
        type: 'known-error.link',
        target,
        args: { ticket },
        basis: 0,
        clientAt: now - HOUR,
      };
      await store.commands.actOut([{ command, actor: agent, at: now - HOUR }]);
    }
  }
}

function serviceNamed(name: string) {
  const service = DEMO_SERVICES.find((one) => one.name === name);
  if (service === undefined) throw new Error(`demonstration: no service ${name}`);
  return service;
}
