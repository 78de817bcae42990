import { readHelpRow, readKnowledgeRow } from '@muster/documents/knowledge';
import type { HelpRow } from '@muster/documents/knowledge';
import { proseText } from '@muster/documents';
import { canReadKnowledge, decideKnowledge, evolveKnowledge, suggestionsFor } from '@muster/domain/problem';
import type {
  AboutTicket,
  KnowledgeAct,
  KnowledgeEvent,
  KnowledgeFacts,
  KnowledgeFields,
  KnownError,
  Suggestable,
} from '@muster/domain/problem';
import { commandId, personId } from '@muster/domain/shared';
import type {
  Actor,
  CommandEnvelope,
  Directory,
  ItemId,
  RecordId,
  RefusalContent,
  ServiceId,
} from '@muster/domain/shared';
import { monotonicFactory } from 'ulid';
import type { Outbox } from '../../connection/outbox.ts';
import type { Handle, Shelf } from '../../connection/shelf.ts';
import type { LiveJournal } from '../change/live-changes.ts';
import { FollowedRows } from '../followed-rows.ts';
import { Grains } from '../grains.ts';
import { openJournal } from '../journal.ts';
import { OwnActs } from '../own-acts.ts';
import type { OwnActsOptions } from '../own-acts.ts';
import { newRecordId, outcomeHere, sendAct } from '../send-act.ts';
import type { SentCommand } from '../sent-command.ts';
import { Article } from './article.ts';
import type { KnownErrorRow, LiveArticle, LiveKnownErrors, Similar, Suggested } from './live-known-errors.ts';
import { TextSearch } from './text-search.ts';
import type { Searched } from './text-search.ts';

const PREFIX = 'known-error.';
const MOST_SIMILAR = 4;

/**
 * Known errors and articles as this device sees them: rows of `board/known-error` with the commands that wait folded in
 * by the server's own rules, and what is published for everybody. Fetched when it is asked for, or when an act waits.
 */
export class KnownErrors implements LiveKnownErrors {
  readonly #options: KnownErrorsOptions;
  readonly #grains = new Grains<RecordId>();
  readonly #lists = new Grains<'all' | 'help'>();
  readonly #ulid = monotonicFactory();
  readonly #rows = new FollowedRows({ read: readKnowledgeRow, changed: (ids) => this.#onRows(ids) });
  readonly #help = new FollowedRows({ read: readHelpRow, changed: (ids) => this.#onHelp(ids) });
  readonly #own: OwnActs;
  readonly #shown = new Map<RecordId, KnownErrorRow | null>();
  readonly #texts = new TextSearch();
  /** Whose words in the index are old. */
  readonly #stale = new Set<RecordId>();
  #all: readonly KnownErrorRow[] | null = null;
  #helpRows: readonly HelpRow[] | null = null;

  constructor(options: KnownErrorsOptions) {
    this.#options = options;
    this.#own = new OwnActs({
      ...options,
      part: 'knownErrors',
      versionOf: (id) => this.basisOf(id),
      touched: (ids) => this.#forget(ids),
    });
    this.#own.look();
  }

  get actor(): Actor {
    return this.#options.actor;
  }

  get loaded(): boolean {
    return this.#isStaff ? this.#rows.loaded : this.#help.loaded;
  }

  get all(): readonly KnownErrorRow[] {
    this.#lists.read('all');
    return this.#peekAll();
  }

  get(id: RecordId): KnownErrorRow | undefined {
    this.#grains.read(id);
    return this.#peek(id);
  }

  get help(): readonly HelpRow[] {
    this.#lists.read('help');
    return (this.#helpRows ??= [...this.#help.ids].flatMap((id) => this.#help.get(id) ?? []));
  }

  newId(): RecordId {
    return newRecordId(this.#options.now());
  }

  basisOf(id: RecordId): number {
    return this.#rows.get(id)?.version ?? 0;
  }

  run(target: RecordId, act: KnowledgeAct, basis = this.basisOf(target)): SentCommand {
    const clientAt = this.#options.now();
    const id = commandId(this.#ulid(clientAt));
    const { verb, ...args } = act;
    const envelope: CommandEnvelope = { id, type: `${PREFIX}${verb}`, target, args, basis, clientAt };
    // whoever is not of the staff has no record to decide on, and what has not arrived the server may know
    const isSettled = this.#isStaff && this.#options.knowsOrganisation() && this.#rows.isHere;
    const outcome = isSettled
      ? outcomeHere(this.#decide(this.#peek(target) ?? null, act, target, clientAt))
      : null;
    return sendAct(this.#options.outbox, envelope, outcome);
  }

  refusalOf(id: RecordId, act: KnowledgeAct): RefusalContent | null {
    const answer = this.#decide(this.get(id) ?? null, act, id, this.#options.now());
    return answer.ok ? null : answer.refusal;
  }

  openJournal(id: RecordId): LiveJournal<KnowledgeEvent> {
    return openJournal<KnowledgeEvent>(this.#options.shelf, id);
  }

  openArticle(id: RecordId): LiveArticle {
    return new Article(id, this.#options.shelf);
  }

  search(words: string): readonly RecordId[] {
    this.#lists.read('all');
    this.#lists.read('help');
    return this.#index().find(words);
  }

  suggest(about: AboutTicket, without: ReadonlySet<RecordId>): readonly Suggested[] {
    const known = this.#suggestable();
    const hits = this.#index().hits(about.text);
    const { now, stayingOf } = this.#options;
    return suggestionsFor(about, known, hits, without, now(), stayingOf).flatMap((each): Suggested[] => {
      const published = known.find(({ id }) => id === each.id)?.published;
      if (published == null) return [];
      const { title, symptom, workaround } = published.content;
      return [{ ...each, title, symptom, workaround, number: published.number }];
    });
  }

  similar(
    { title, symptom, errorCode }: Pick<KnowledgeFields, 'title' | 'symptom' | 'errorCode'>,
    but: RecordId | null,
  ): readonly Similar[] {
    this.#lists.read('all');
    return this.#index()
      .near(title, `${symptom} ${errorCode}`)
      .filter(({ id }) => id !== but)
      .slice(0, MOST_SIMILAR)
      .map(({ id, words }) => ({ id, words }));
  }

  /** Reads these documents from now on. */
  follow(board: Handle | undefined, help: Handle | undefined): void {
    this.#rows.follow(board);
    this.#help.follow(help);
  }

  /** The directory changed: what was worked out with it is worked out anew. */
  refold(): void {
    this.#forget(this.#own.targets);
  }

  close(): void {
    this.#own.close();
    this.follow(undefined, undefined);
  }

  get #isStaff(): boolean {
    return canReadKnowledge(this.#options.actor);
  }

  #decide(state: KnownError | null, act: KnowledgeAct, target: RecordId, now: number) {
    const { actor, directory } = this.#options;
    return decideKnowledge(state, act, {
      ...{ actor, now, target, since: [], directory: directory(), facts: this.#facts() },
    });
  }

  /** The text, and who said what, the server alone knows; what of the rest is not here, it may know. */
  #facts(): KnowledgeFacts {
    const { directory, mayReadTicket, isItem, isProblem } = this.#options;
    return {
      text: null,
      stateOf: (id) => this.#rows.get(id)?.state,
      ticket: (id) => (mayReadTicket(id) ? { use: null } : undefined),
      ratedBy: () => null,
      saidNo: () => false,
      isItem: (id) => directory().services.has(id as ServiceId) || isItem(id),
      isProblem,
    };
  }

  #peek(id: RecordId): KnownErrorRow | undefined {
    const known = this.#shown.get(id);
    if (known !== undefined) return known ?? undefined;
    const row = this.#build(id);
    this.#shown.set(id, row);
    return row ?? undefined;
  }

  #build(id: RecordId): KnownErrorRow | null {
    const confirmed = this.#rows.get(id) ?? null;
    const waiting = this.#own.after(id, confirmed?.version ?? 0);
    const folded = waiting.reduce<KnownError | null>(
      (state, { envelope }) => this.#fold(state, envelope),
      confirmed,
    );
    if (folded === null) return null;
    return { ...folded, pending: waiting.filter(({ applied }) => applied === null).length };
  }

  /** What the rules refuse meanwhile changes nothing. */
  #fold(state: KnownError | null, { type, args, target, clientAt }: CommandEnvelope): KnownError | null {
    if (!type.startsWith(PREFIX)) return state;
    // made by this client's own `run`, so of the shape that its types say
    const act = { ...(args as object), verb: type.slice(PREFIX.length) } as KnowledgeAct;
    const answer = this.#decide(state, act, target, clientAt);
    if (!answer.ok) return state;
    return answer.value.events.reduce<KnownError | null>((so, event) => {
      const version = (so?.version ?? 0) + 1;
      const told = { seq: 0, version, event, actor: this.actor.id, at: clientAt, clientAt };
      return evolveKnowledge(so, told, target);
    }, state);
  }

  #peekAll(): readonly KnownErrorRow[] {
    return (this.#all ??= [...new Set([...this.#rows.ids, ...this.#own.targets])].flatMap(
      (id) => this.#peek(id) ?? [],
    ));
  }

  #suggestable(): readonly Suggestable[] {
    return this.#isStaff ? this.all : this.help.map(asSuggestable);
  }

  #index(): TextSearch {
    for (const id of this.#stale) {
      const searched = this.#searched(id);
      if (searched === null) this.#texts.delete(id);
      else this.#texts.set(searched);
    }
    this.#stale.clear();
    return this.#texts;
  }

  /** The draft's words as well, for whoever looks whether something is written already. */
  #searched(id: RecordId): Searched | null {
    const row = this.#isStaff ? this.#peek(id) : undefined;
    if (row !== undefined) return { id, content: row, text: row.published?.excerpt ?? '' };
    const help = this.#isStaff ? undefined : this.#help.get(id);
    return help === undefined ? null : { id, content: help, text: proseText(help.body) };
  }

  #onRows(ids: ReadonlySet<RecordId>): void {
    this.#forget(ids);
    // what was opened before the server had it, as one that was made here, was told that there is none
    this.#options.shelf.retryForbidden((id) => this.#rows.get(id) !== undefined);
  }

  #onHelp(ids: ReadonlySet<RecordId>): void {
    this.#helpRows = null;
    for (const id of ids) this.#stale.add(id);
    this.#lists.tell('help');
  }

  #forget(ids: Iterable<RecordId>): void {
    const changed = [...ids];
    this.#all = null;
    for (const id of changed) {
      this.#shown.delete(id);
      this.#stale.add(id);
    }
    for (const id of changed) this.#grains.tell(id);
    this.#lists.tell('all');
    if (changed.some((id) => this.#own.of(id).length > 0)) this.#own.finishShown();
  }
}

export interface KnownErrorsOptions extends Pick<OwnActsOptions, 'deviceNow' | 'isLive'> {
  readonly actor: Actor;
  readonly shelf: Pick<Shelf, 'open' | 'retryForbidden'>;
  readonly outbox: Pick<Outbox, 'commands' | 'finish' | 'onAnswered' | 'onChange' | 'submit'>;
  readonly directory: () => Directory;
  /** Whether the directory, which rules look at, is on this device. */
  readonly knowsOrganisation: () => boolean;
  /** Server's clock, epoch ms. */
  readonly now: () => number;
  readonly mayReadTicket: (id: RecordId) => boolean;
  /** What the server alone can tell counts as there. */
  readonly isItem: (id: ItemId) => boolean;
  readonly isProblem: (id: RecordId) => boolean;
  /** By the map, once that is here; subscribes to it. */
  readonly stayingOf: (id: ItemId) => ItemId;
}

/** What is published for everybody, as suggestions look at it: of who it helped they hear nothing. */
function asSuggestable({ id, number, publishedAt, body, kind, ...content }: HelpRow): Suggestable {
  void [body, kind];
  const whole = { ...content, items: [], problem: null, audience: 'everybody' as const };
  const published = { number, content: whole, excerpt: '', text: null, at: publishedAt, by: NOBODY };
  return { id, state: 'published', published, helped: 0, notHelped: 0, used: 0 };
}

const NOBODY = personId('');
