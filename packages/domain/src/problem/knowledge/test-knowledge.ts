/** For tests: known errors with their histories and facts, as the server keeps them. Nothing here is used when serving. */
import { SYSTEM_ACTOR, recordId } from '../../shared/index.ts';
import type { RecordId, Recorded } from '../../shared/index.ts';
import { DIRECTORY, VPN, actor, id as personOf } from '../../shared/test-support/organisation.ts';
import type { KnowledgeAct, KnowledgeEvent } from './acts.ts';
import { decideKnowledge } from './decide.ts';
import { evolveKnowledge } from './evolve.ts';
import { NO_TEXT } from './facts.ts';
import type { ArticleText, KnowledgeAnswer, TicketUse } from './facts.ts';
import type { KnowledgeFields, KnowledgeKind, KnownError } from './known-error.ts';

export const NOW = Date.UTC(2026, 5, 1, 9);
export const DAY = 24 * 60 * 60 * 1000;

export const FIELDS: KnowledgeFields = {
  title: 'VPN drops every hour',
  symptom: 'The tunnel closes after sixty minutes.',
  workaround: 'Connect again.',
  cause: '',
  errorCode: 'ERR-809',
  items: [],
  service: VPN,
  category: null,
  words: ['tunnel'],
  problem: null,
  audience: 'staff',
  validUntil: null,
  owner: null,
  reviewers: [],
};

export const BLANK: KnowledgeFields = {
  ...FIELDS,
  ...{ symptom: '', workaround: '', errorCode: '', service: null, words: [] },
};

export const textOf = (words: string): ArticleText => ({
  digest: `digest of ${words}`,
  words,
  body: [{ type: 'paragraph', content: [{ type: 'text', text: words }] }],
});

export class Knowledge {
  now = NOW;
  text: ArticleText = NO_TEXT;
  readonly #states = new Map<RecordId, KnownError>();
  readonly #history = new Map<RecordId, Recorded<KnowledgeEvent>[]>();
  readonly #uses = new Map<string, TicketUse>();
  readonly #ratings = new Map<string, boolean>();
  readonly tickets = new Set<RecordId>([recordId('t1'), recordId('t2')]);

  at(name = 'k1'): KnownError {
    const state = this.#states.get(recordId(name));
    if (state === undefined) throw new Error(`no known error ${name} was made`);
    return state;
  }

  events(name = 'k1'): readonly KnowledgeEvent[] {
    return (this.#history.get(recordId(name)) ?? []).map(({ event }) => event);
  }

  /** Runs an act as somebody; `basis` is the version that they had seen, the present one unless said. */
  run(who: string, act: KnowledgeAct, name = 'k1', basis?: number): KnowledgeAnswer {
    const target = recordId(name);
    const state = this.#states.get(target) ?? null;
    const history = this.#history.get(target) ?? [];
    const by = who === 'system' ? SYSTEM_ACTOR : actor(who);
    const answer = decideKnowledge(state, act, {
      ...{ actor: by, now: this.now, target, directory: DIRECTORY },
      since: history.filter(({ version }) => version > (basis ?? state?.version ?? 0)),
      facts: {
        text: this.text,
        stateOf: (id) => this.#states.get(id)?.state,
        ticket: (id) => (this.tickets.has(id) ? { use: this.#uses.get(`${name} ${id}`) ?? null } : undefined),
        ratedBy: (number) => this.#ratings.get(`${name} ${number} ${who}`) ?? null,
        saidNo: (number) =>
          history.some(
            ({ actor: person, event }) =>
              person === by.id && event.type === 'rated' && event.number === number && !event.helped,
          ),
        isItem: (id) => id === VPN || id === recordId('i1'),
        isProblem: (id) => id === recordId('p1'),
      },
    });
    for (const event of answer.ok ? answer.value.events : []) this.#take(target, event, by.id, name, who);
    return answer;
  }

  #take(
    target: RecordId,
    event: KnowledgeEvent,
    by: Recorded<KnowledgeEvent>['actor'],
    name: string,
    who: string,
  ) {
    const before = this.#states.get(target) ?? null;
    const version = (before?.version ?? 0) + 1;
    const recorded = { seq: version, version, event, actor: by, at: this.now, clientAt: this.now };
    this.#history.set(target, [...(this.#history.get(target) ?? []), recorded]);
    this.#states.set(target, evolveKnowledge(before, recorded, target));
    if (event.type === 'linked') this.#uses.set(`${name} ${event.ticket}`, { by, at: this.now });
    if (event.type === 'unlinked') this.#uses.delete(`${name} ${event.ticket}`);
    if (event.type === 'rated') this.#ratings.set(`${name} ${event.number} ${who}`, event.helped);
  }

  /** Runs an act that is to be let through. */
  do(who: string, act: KnowledgeAct, name = 'k1'): this {
    const answer = this.run(who, act, name);
    if (!answer.ok) throw new Error(JSON.stringify(answer.refusal));
    return this;
  }

  make(fields: Partial<KnowledgeFields> = {}, name = 'k1', kind: KnowledgeKind = 'known-error'): this {
    return this.do('ana', { verb: 'create', kind, fields: { ...FIELDS, ...fields } }, name);
  }

  /** As ana writes it and lea publishes it. */
  published(fields: Partial<KnowledgeFields> = {}, name = 'k1'): this {
    return this.make(fields, name).publish(name);
  }

  publish(name = 'k1'): this {
    this.do('ana', { verb: 'submit' }, name);
    return this.do('lea', { verb: 'publish', text: this.text.digest }, name);
  }
}

export { personOf };
