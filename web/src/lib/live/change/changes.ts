import { boardRows } from '@muster/documents';
import { decodeChange } from '@muster/documents/change';
import type { ChangeRules } from '@muster/documents/change';
import { ConflictIndex, asPast, change as decider, placeOf } from '@muster/domain/change';
import type {
  Change,
  ChangeAct,
  ChangeEvent,
  ChangeFacts,
  Dependencies,
  PastChange,
  TemplateAct,
} from '@muster/domain/change';
import { commandId, tokenOf } from '@muster/domain/shared';
import type {
  Actor,
  CommandEnvelope,
  Directory,
  ItemId,
  RecordId,
  RefusalContent,
} from '@muster/domain/shared';
import { monotonicFactory } from 'ulid';
import type * as Y from 'yjs';
import type { Outbox } from '../../connection/outbox.ts';
import type { Handle, Shelf } from '../../connection/shelf.ts';
import { FollowedRows } from '../followed-rows.ts';
import { Grains } from '../grains.ts';
import { openJournal } from '../journal.ts';
import { OwnActs } from '../own-acts.ts';
import type { OwnActsOptions } from '../own-acts.ts';
import { findNamed } from '../find-named.ts';
import { newRecordId, outcomeHere, sendAct } from '../send-act.ts';
import type { SentCommand } from '../sent-command.ts';
import { CHANGE_PREFIX, TEMPLATE_PREFIX, changeActOf } from './change-acts.ts';
import { ChangeGhosts } from './change-ghosts.ts';
import { HeldRules } from './held-rules.ts';
import { KnownDependencies } from './known-dependencies.ts';
import type { KnownDependenciesOptions } from './known-dependencies.ts';
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
  readonly #lists = new Grains<'all' | 'rules'>();
  readonly #ulid = monotonicFactory();
  readonly #rows = new FollowedRows({ read: readRow, changed: (ids) => this.#onRows(ids) });
  readonly #rules: HeldRules;
  readonly #own: OwnActs;
  readonly #dependencies: KnownDependencies;
  readonly #shown = new Map<RecordId, ChangeRow | null>();
  #all: readonly ChangeRow[] | null = null;
  #index: ConflictIndex | null = null;

  constructor(options: ChangesOptions) {
    this.#options = options;
    this.#dependencies = new KnownDependencies(options);
    this.#own = new OwnActs({
      ...options,
      part: 'changes',
      versionOf: (id) => this.basisOf(id),
      touched: (ids) => this.#onOwn(ids),
    });
    const { actor } = options;
    this.#rules = new HeldRules({ actor, own: () => this.#own, changed: () => this.refold() });
    this.#own.look();
  }

  get actor(): Actor {
    return this.#options.actor;
  }

  get loaded(): boolean {
    return this.#rows.loaded;
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
    return findNamed('change', this.#peekAll(), reference);
  }

  get rules(): ChangeRules {
    this.#lists.read('rules');
    return this.#rules.shown;
  }

  facts(): ChangeFacts {
    this.#lists.read('rules');
    this.#dependencies.read();
    return this.#facts();
  }

  get dependencies(): Dependencies {
    return this.#dependencies.current;
  }

  get index(): ConflictIndex {
    if (this.#index === null) {
      this.#index = this.#makeIndex();
      for (const id of this.#own.targets) this.#place(id);
    }
    return this.#index;
  }

  itemName(id: ItemId): string | null {
    // told when the map comes, which nothing else says to who asked before it
    this.#lists.read('rules');
    return this.#dependencies.nameOf(id);
  }

  newId(): RecordId {
    return newRecordId(this.#options.now());
  }

  basisOf(id: RecordId): number {
    return this.#rows.get(id)?.version ?? this.#rules.stored.templates.get(id)?.version ?? 0;
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
    this.#dependencies.read();
    const answer = this.#decide(this.get(id) ?? null, act, id, this.#options.now());
    return answer.ok ? null : answer.refusal;
  }

  runTemplate(id: RecordId, act: TemplateAct, basis = this.basisOf(id)): SentCommand {
    const clientAt = this.#options.now();
    const answer = this.#rules.decide(id, act);
    return this.#send(TEMPLATE_PREFIX, id, act, { basis, clientAt }, answer);
  }

  openJournal(id: RecordId): LiveJournal<ChangeEvent> {
    return openJournal<ChangeEvent>(this.#options.shelf, id);
  }

  /** Reads these documents from now on. */
  follow(board: Handle | undefined, rules: Handle | undefined): void {
    this.#rules.follow(rules);
    this.#rows.follow(board);
    this.ghosts.follow(board);
  }

  /** The directory, the rules or the map are others: what was worked out with them is worked out anew. */
  refold(): void {
    this.#index = null;
    this.#forget(this.#own.targets);
    this.#lists.tell('rules');
  }

  close(): void {
    this.#own.close();
    this.ghosts.close();
    this.follow(undefined, undefined);
  }

  #send(
    prefix: string,
    target: RecordId,
    { verb, ...args }: ChangeAct | TemplateAct,
    { basis, clientAt }: { readonly basis: number; readonly clientAt: number },
    answer: ReturnType<typeof decider.decide> | ReturnType<HeldRules['decide']>,
  ): SentCommand {
    const id = commandId(this.#ulid(clientAt));
    const outcome = outcomeHere(answer);
    // who nobody knows here, and a rule that has not arrived, may be known to the server: it alone says no then
    const isSettled = this.#options.knowsOrganisation() && this.#knowsRules();
    const envelope: CommandEnvelope = { id, type: `${prefix}${verb}`, target, args, basis, clientAt };
    return sendAct(this.#options.outbox, envelope, isSettled ? outcome : null);
  }

  #knowsRules(): boolean {
    return this.#rules.isHere && this.#rows.isHere && this.#dependencies.isWhole;
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
    const waiting = this.#own.after(id, confirmed?.version ?? 0);
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

  #facts(): ChangeFacts {
    return {
      ...this.#rules.shown,
      dependencies: this.#dependencies.current,
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
    const { windows, zone, models } = this.#rules.shown;
    const dependencies = this.#dependencies.current;
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
    const model = change && this.#rules.shown.models.get(change.model);
    const place = change === undefined || model === undefined ? null : placeOf(change, model);
    if (place === null) this.#index.delete(id);
    else this.#index.set(place);
  }

  #peekAll(): readonly ChangeRow[] {
    return (this.#all ??= [...new Set([...this.#rows.ids, ...this.#own.targets])].flatMap(
      (id) => this.peek(id) ?? [],
    ));
  }

  #onOwn(ids: ReadonlySet<RecordId>): void {
    this.#rules.refold();
    this.#forget(ids);
    this.#lists.tell('rules');
  }

  #onRows(ids: ReadonlySet<RecordId>): void {
    this.#forget(ids);
    // what was opened before the server had its change, as one that was made here, was told that there is none
    this.#options.shelf.retryForbidden((id) => this.#rows.get(id) !== undefined);
  }

  #forget(ids: Iterable<RecordId>): void {
    const changed = [...ids];
    this.#all = null;
    for (const id of changed) this.#shown.delete(id);
    for (const id of changed) this.#place(id);
    for (const id of changed) this.#grains.tell(id);
    this.#lists.tell('all');
    if (changed.some((id) => this.#own.of(id).length > 0)) this.#own.finishShown();
  }
}

export interface ChangesOptions
  extends Pick<OwnActsOptions, 'deviceNow' | 'isLive'>, Pick<KnownDependenciesOptions, 'configuration'> {
  readonly actor: Actor;
  readonly shelf: Pick<Shelf, 'open' | 'retryForbidden'>;
  readonly outbox: Pick<Outbox, 'commands' | 'finish' | 'onAnswered' | 'onChange' | 'submit'>;
  readonly directory: () => Directory;
  /** Whether the directory, which rules look at, is on this device. */
  readonly knowsOrganisation: () => boolean;
  /** Server's clock, epoch ms. */
  readonly now: () => number;
}

/** As many as the server looks at. */
const PAST_CHANGES = 100;

function readRow(doc: Y.Doc, id: RecordId) {
  const row = boardRows(doc).get(id);
  return row === undefined ? null : decodeChange(id, row);
}
