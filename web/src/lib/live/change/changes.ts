import type { ChangeRules } from '@muster/documents/change';
import { NO_CHANGE_RULES, readChangeRules } from '@muster/documents/change';
import {
  ConflictIndex,
  asPast,
  change as decider,
  decideTemplate,
  evolveTemplate,
  placeOf,
  servicesAlone,
} from '@muster/domain/change';
import type {
  Change,
  ChangeAct,
  ChangeEvent,
  ChangeFacts,
  ChangeTemplate,
  PastChange,
  TemplateAct,
} from '@muster/domain/change';
import { RECORD_ID_CHOICES, commandId, makeRecordId, tokenOf } from '@muster/domain/shared';
import type {
  Actor,
  CommandEnvelope,
  Directory,
  Outcome,
  RecordId,
  RefusalContent,
} from '@muster/domain/shared';
import { monotonicFactory } from 'ulid';
import type { Outbox } from '../../connection/outbox.ts';
import type { PendingCommand } from '../../connection/pending-command.ts';
import type { Handle, Shelf } from '../../connection/shelf.ts';
import { Grains } from '../grains.ts';
import { openJournal } from '../journal.ts';
import { areSameCommands } from '../same-commands.ts';
import type { SentCommand } from '../sent-command.ts';
import { WatchedDocument } from '../watched-document.ts';
import {
  CHANGE_PREFIX,
  TEMPLATE_PREFIX,
  changeActOf,
  isChangeCommand,
  templateActOf,
} from './change-acts.ts';
import { ChangeGhosts } from './change-ghosts.ts';
import { ChangeRows } from './change-rows.ts';
import type { ChangeRow, LiveChanges, LiveJournal, RunOptions } from './live-changes.ts';

/**
 * Changes as this device sees them: rows of `board/change` with the commands that wait folded in by the server's own
 * rules, and `rules/change`. A row is built when it is read and forgotten when its board row, its commands or the rules
 * change. Fetched when it is asked for, or when an act waits.
 */
export class Changes implements LiveChanges {
  readonly ghosts = new ChangeGhosts();
  readonly #options: ChangesOptions;
  readonly #grains = new Grains<RecordId>();
  readonly #lists = new Grains<'all' | 'loaded' | 'rules'>();
  readonly #ulid = monotonicFactory();
  readonly #rows = new ChangeRows((ids) => this.#forget(ids));
  readonly #rulesDocument = new WatchedDocument(() => this.#onRules());
  readonly #shown = new Map<RecordId, ChangeRow | null>();
  readonly #off: readonly (() => void)[];
  #pending = new Map<RecordId, readonly PendingCommand[]>();
  #board: Handle | undefined;
  #stop: () => void = () => undefined;
  #all: readonly ChangeRow[] | null = null;
  #stored: ChangeRules | null = null;
  #rules: ChangeRules | null = null;
  #index: ConflictIndex | null = null;

  constructor(options: ChangesOptions) {
    this.#options = options;
    const { outbox } = options;
    this.#off = [outbox.onChange(() => this.#onOutbox()), outbox.onAnswered(() => this.#onOutbox())];
    this.#onOutbox();
  }

  get actor(): Actor {
    return this.#options.actor;
  }

  get loaded(): boolean {
    this.#lists.read('loaded');
    const current = this.#board?.current;
    return this.#board !== undefined && (current === null || current?.loaded === true);
  }

  get all(): readonly ChangeRow[] {
    this.#lists.read('all');
    return this.#peekAll();
  }

  get(id: RecordId): ChangeRow | undefined {
    this.#grains.read(id);
    return this.peek(id);
  }

  peek(id: RecordId): ChangeRow | undefined {
    const known = this.#shown.get(id);
    if (known !== undefined) return known ?? undefined;
    const row = this.#build(id);
    this.#shown.set(id, row);
    return row ?? undefined;
  }

  find(reference: string): RecordId | undefined {
    const wanted = reference.trim().toUpperCase();
    if (wanted === '') return undefined;
    const digits = /^(?:CHG-?)?#?(\d+)$/.exec(wanted)?.[1];
    const named = this.#peekAll().filter(
      ({ id, number, token }) =>
        id === wanted ||
        number?.toUpperCase() === wanted ||
        token.toUpperCase() === wanted ||
        (digits !== undefined && number !== null && Number(number.split('-').at(-1)) === Number(digits)),
    );
    return named.toSorted((a, b) => b.madeAt - a.madeAt)[0]?.id;
  }

  get rules(): ChangeRules {
    this.#lists.read('rules');
    return this.#peekRules();
  }

  facts(): ChangeFacts {
    this.#lists.read('rules');
    return this.#facts();
  }

  get index(): ConflictIndex {
    if (this.#index === null) {
      this.#index = this.#makeIndex();
      for (const id of this.#pending.keys()) this.#place(id);
    }
    return this.#index;
  }

  newId(): RecordId {
    return makeRecordId(this.#options.now(), randomBelow(RECORD_ID_CHOICES));
  }

  basisOf(id: RecordId): number {
    return this.#rows.get(id)?.version ?? this.#readRules().templates.get(id)?.version ?? 0;
  }

  run(id: RecordId, act: ChangeAct, { basis = this.basisOf(id), plans }: RunOptions = {}): SentCommand {
    const clientAt = this.#options.now();
    const shown = this.peek(id) ?? null;
    const state =
      shown === null || plans === undefined ? shown : { ...shown, plans: { ...shown.plans, ...plans } };
    const answer = this.#decide(state, act, id, clientAt);
    return this.#send(CHANGE_PREFIX, id, act, { basis, clientAt }, answer);
  }

  refusalOf(id: RecordId, act: ChangeAct): RefusalContent | null {
    this.#lists.read('rules');
    const answer = this.#decide(this.get(id) ?? null, act, id, this.#options.now());
    return answer.ok ? null : answer.refusal;
  }

  runTemplate(id: RecordId, act: TemplateAct, basis = this.basisOf(id)): SentCommand {
    const clientAt = this.#options.now();
    const before = this.#peekRules().templates.get(id) ?? null;
    const answer = decideTemplate(before, act, { actor: this.actor, target: id, since: [] });
    return this.#send(TEMPLATE_PREFIX, id, act, { basis, clientAt }, answer);
  }

  openJournal(id: RecordId): LiveJournal<ChangeEvent> {
    return openJournal<ChangeEvent>(this.#options.shelf, id);
  }

  /** Reads these documents from now on. */
  follow(board: Handle | undefined, rules: Handle | undefined): void {
    this.#rulesDocument.follow(rules);
    this.#rows.follow(board);
    this.ghosts.follow(board);
    if (board === this.#board) return;
    this.#stop();
    this.#board = board;
    this.#stop = board?.onChange(() => this.#lists.tell('loaded')) ?? (() => undefined);
    this.#lists.tell('loaded');
  }

  /** The directory changed: what was worked out with it is worked out anew. */
  refold(): void {
    this.#index = null;
    this.#forget(this.#pending.keys());
    this.#lists.tell('rules');
  }

  close(): void {
    for (const off of this.#off) off();
    this.ghosts.close();
    this.follow(undefined, undefined);
  }

  #send(
    prefix: string,
    target: RecordId,
    { verb, ...args }: ChangeAct | TemplateAct,
    { basis, clientAt }: { readonly basis: number; readonly clientAt: number },
    answer: ReturnType<typeof decider.decide> | ReturnType<typeof decideTemplate>,
  ): SentCommand {
    const id = commandId(this.#ulid(clientAt));
    const outcome = outcomeHere(answer);
    // who nobody knows here, and a rule that has not arrived, may be known to the server: it alone says no then
    const isSettled = outcome !== null && this.#options.knowsOrganisation() && this.#knowsRules();
    if (isSettled) {
      const settled = Promise.resolve(outcome);
      return { id, target, kept: settled, settled };
    }
    const envelope: CommandEnvelope = { id, type: `${prefix}${verb}`, target, args, basis, clientAt };
    return { id, target, ...this.#options.outbox.submit(envelope) };
  }

  #knowsRules(): boolean {
    return this.#rulesDocument.doc !== null && this.#board?.current?.loaded === true;
  }

  #decide(state: Change | null, act: ChangeAct, target: RecordId, clientAt: number) {
    const { actor, directory } = this.#options;
    const around = { actor, now: clientAt, clientAt, target, since: [], number: null, related: new Map() };
    return decider.decide(
      state,
      { process: 'change', ...act },
      { ...around, directory: directory(), facts: this.#facts() },
    );
  }

  #build(id: RecordId): ChangeRow | null {
    const confirmed = this.#rows.get(id) ?? null;
    const waiting = (this.#pending.get(id) ?? []).filter(
      ({ applied }) => applied === null || applied.version > (confirmed?.version ?? 0),
    );
    const folded = waiting.reduce<Change | null>(
      (state, { envelope }) => this.#fold(state, envelope),
      confirmed,
    );
    if (folded === null) return null;
    const pending = waiting.filter(({ applied }) => applied === null).length;
    return { ...folded, token: tokenOf('change', id), pending };
  }

  /** What the rules refuse meanwhile changes nothing. */
  #fold(state: Change | null, envelope: CommandEnvelope): Change | null {
    const act = changeActOf(envelope);
    if (act === null) return state;
    const { target, clientAt } = envelope;
    const answer = this.#decide(state, act, target, clientAt);
    if (!answer.ok || answer.value.superseded !== undefined) return state;
    return answer.value.events.reduce<Change | null>((so, event) => {
      const version = (so?.version ?? 0) + 1;
      const told = { seq: 0, version, event, actor: this.actor.id, at: clientAt, clientAt };
      return decider.evolve(so, told, target);
    }, state);
  }

  #foldTemplates(stored: ChangeRules['templates']): ChangeRules['templates'] {
    const templates = new Map(stored);
    for (const { envelope, applied } of this.#options.outbox.commands) {
      const act = templateActOf(envelope);
      const { target } = envelope;
      const before = templates.get(target) ?? null;
      if (act === null || (applied !== null && applied.version <= (stored.get(target)?.version ?? 0)))
        continue;
      const answer = decideTemplate(before, act, { actor: this.actor, target, since: [] });
      if (!answer.ok || answer.value.superseded !== undefined) continue;
      let state: ChangeTemplate | null = before;
      for (const event of answer.value.events) {
        state = evolveTemplate(state, event, { actor: this.actor.id, at: envelope.clientAt }, target);
      }
      if (state !== null) templates.set(target, state);
    }
    return templates;
  }

  #facts(): ChangeFacts {
    const { directory } = this.#options;
    return {
      ...this.#peekRules(),
      dependencies: servicesAlone(directory().services),
      conflictsOf: (planned) => this.index.conflictsOf(planned),
      pastOf: (like) => this.#pastOf(like),
    };
  }

  /** Those that are still on the board: the server has more, and its word counts. */
  #pastOf({ model, team, template }: Pick<Change, 'model' | 'team' | 'template'>): readonly PastChange[] {
    return [...this.#rows.ids]
      .flatMap((id) => this.#rows.get(id) ?? [])
      .filter((each) => each.model === model && each.team === team && each.template?.id === template?.id)
      .toSorted((a, b) => (b.closedAt ?? 0) - (a.closedAt ?? 0))
      .flatMap((each) => asPast(each) ?? [])
      .slice(0, PAST_CHANGES);
  }

  #makeIndex(): ConflictIndex {
    const { windows, zone, models } = this.#peekRules();
    const dependencies = servicesAlone(this.#options.directory().services);
    // own acts are folded with the index, so they are put to their places when it is there
    const places = [...this.#rows.ids].flatMap((id) => {
      const change = this.#rows.get(id);
      const model = change && models.get(change.model);
      return (model && placeOf(change, model)) ?? [];
    });
    return new ConflictIndex({ windows, zone, dependencies }, places);
  }

  #place(id: RecordId): void {
    if (this.#index === null) return;
    const change = this.peek(id);
    const model = change && this.#peekRules().models.get(change.model);
    const place = change === undefined || model === undefined ? null : placeOf(change, model);
    if (place === null) this.#index.delete(id);
    else this.#index.set(place);
  }

  #peekAll(): readonly ChangeRow[] {
    return (this.#all ??= [...new Set([...this.#rows.ids, ...this.#pending.keys()])].flatMap(
      (id) => this.peek(id) ?? [],
    ));
  }

  #peekRules(): ChangeRules {
    if (this.#rules !== null) return this.#rules;
    const stored = this.#readRules();
    return (this.#rules = { ...stored, templates: this.#foldTemplates(stored.templates) });
  }

  #readRules(): ChangeRules {
    const { doc } = this.#rulesDocument;
    return (this.#stored ??= doc === null ? NO_CHANGE_RULES : readChangeRules(doc).rules);
  }

  #onRules(): void {
    this.#stored = null;
    this.#rules = null;
    this.refold();
    this.#finishShown();
  }

  #onOutbox(): void {
    const mine = this.#options.outbox.commands.filter(({ envelope }) => isChangeCommand(envelope));
    const next = Map.groupBy(mine, ({ envelope }) => envelope.target);
    const touched = new Set([...this.#pending.keys(), ...next.keys()]);
    for (const id of touched) if (areSameCommands(this.#pending.get(id), next.get(id))) touched.delete(id);
    this.#pending = next;
    if (touched.size > 0) {
      this.#rules = null;
      this.#forget(touched);
      this.#lists.tell('rules');
    }
    this.#finishShown();
  }

  #forget(ids: Iterable<RecordId>): void {
    const changed = [...ids];
    this.#all = null;
    for (const id of changed) this.#shown.delete(id);
    for (const id of changed) this.#place(id);
    for (const id of changed) this.#grains.tell(id);
    this.#lists.tell('all');
    if (changed.some((id) => this.#pending.has(id))) this.#finishShown();
  }

  /** Lets go of own acts whose effect is here, or has had its time to come. */
  #finishShown(): void {
    const { outbox, now } = this.#options;
    const done = outbox.commands.filter(({ envelope, applied }) => {
      if (applied === null || !isChangeCommand(envelope)) return false;
      return this.basisOf(envelope.target) >= applied.version || now() - applied.at > SHOWN_WITHIN_MS;
    });
    if (done.length > 0) outbox.finish(done.map(({ id }) => id));
  }
}

export interface ChangesOptions {
  readonly actor: Actor;
  readonly shelf: Pick<Shelf, 'open'>;
  readonly outbox: Pick<Outbox, 'commands' | 'finish' | 'onAnswered' | 'onChange' | 'submit'>;
  readonly directory: () => Directory;
  /** Whether the directory, which rules look at, is on this device. */
  readonly knowsOrganisation: () => boolean;
  /** Server's clock, epoch ms. */
  readonly now: () => number;
}

const SHOWN_WITHIN_MS = 10_000;

/** As many as the server looks at. */
const PAST_CHANGES = 100;

function outcomeHere(
  answer: ReturnType<typeof decider.decide> | ReturnType<typeof decideTemplate>,
): Outcome | null {
  if (!answer.ok) return { outcome: 'refused', refusal: answer.refusal };
  const { superseded } = answer.value;
  return superseded === undefined ? null : { outcome: 'superseded', ...superseded };
}

/** For powers of two up to 2^32. */
function randomBelow(choices: number): number {
  return (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) % choices;
}
