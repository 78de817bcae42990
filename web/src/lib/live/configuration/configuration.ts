import { decideRelation } from '@muster/domain/configuration';
import type {
  ConfigurationItem,
  ConfigurationRules,
  DependencyMap,
  HealthRules,
  HistoryEvent,
  ItemAct,
  ItemClasses,
  RelationAct,
  RelationTypes,
} from '@muster/domain/configuration';
import { commandId, recordId } from '@muster/domain/shared';
import type { Actor, CommandEnvelope, Directory, ItemId, RecordId } from '@muster/domain/shared';
import { monotonicFactory } from 'ulid';
import type { Outbox } from '../../connection/outbox.ts';
import type { Handle, Shelf } from '../../connection/shelf.ts';
import type { LiveJournal } from '../change/live-changes.ts';
import { Grains } from '../grains.ts';
import { openJournal } from '../journal.ts';
import { OwnActs } from '../own-acts.ts';
import type { OwnActsOptions } from '../own-acts.ts';
import { newRecordId, outcomeHere, sendAct } from '../send-act.ts';
import type { SentCommand } from '../sent-command.ts';
import { ConfirmedBoard } from './confirmed-board.ts';
import { findItems } from './find-items.ts';
import { FoldedMap, ITEM_PREFIX } from './folded-map.ts';
import type { LiveConfiguration } from './live-configuration.ts';
import { RELATION_PREFIX } from './own-relation.ts';
import { SetRules } from './set-rules.ts';

/**
 * The map of the board, kept up to date entry by entry, with the acts of this device that wait folded in by the
 * server's own rules. Fetched when it is asked for, or when an act waits. Here documents, acts and those who watch
 * meet; what the board says, what is set and how acts fold in are beside it.
 */
export class Configuration implements LiveConfiguration {
  readonly #options: ConfigurationOptions;
  readonly #grains = new Grains<'all' | 'loaded' | 'rules'>();
  readonly #ulid = monotonicFactory();
  readonly #own: OwnActs;
  readonly #folded: FoldedMap;
  readonly #set = new SetRules(() => this.#rulesRead());
  readonly #confirmed = new ConfirmedBoard({
    replaced: () => this.#rebuild(),
    itemsChanged: (ids) => {
      for (const id of ids) this.#folded.putItem(id);
      this.#foldOwnAnew();
      this.#settle(ids);
    },
    relationsChanged: (ids) => {
      for (const id of ids) this.#folded.putRelation(id);
      this.#settle(ids.map(recordId));
    },
  });
  #board: Handle | undefined;
  #rules: Handle | undefined;
  #off: readonly (() => void)[] = [];
  #revision = 0;

  constructor(options: ConfigurationOptions) {
    this.#options = options;
    this.#own = new OwnActs({
      ...options,
      part: 'configuration',
      versionOf: (id) => this.#confirmed.versionOf(id),
      touched: (ids) => {
        this.#folded.refold(ids);
        this.#told();
      },
    });
    this.#folded = new FoldedMap({
      ...options,
      ...{ board: this.#confirmed, rules: this.#set, own: this.#own },
    });
    this.#folded.followServices();
    this.#own.look();
  }

  get actor(): Actor {
    return this.#options.actor;
  }

  get loaded(): boolean {
    this.#grains.read('loaded');
    const current = this.#board?.current;
    return current === null || current?.loaded === true;
  }

  get revision(): number {
    this.#grains.read('all');
    return this.#revision;
  }

  get map(): DependencyMap {
    return this.#folded.map;
  }

  get classes(): ItemClasses {
    this.#grains.read('rules');
    return this.#set.classes;
  }

  get types(): RelationTypes {
    this.#grains.read('rules');
    return this.#set.types;
  }

  get health(): HealthRules {
    this.#grains.read('rules');
    return this.#set.health;
  }

  get rulesVersion(): number {
    return this.#set.version;
  }

  get rules(): ConfigurationRules {
    this.#grains.read('rules');
    return this.#set.set;
  }

  get rulesLoaded(): boolean {
    this.#grains.read('loaded');
    const current = this.#rules?.current;
    return current === null || current?.loaded === true;
  }

  get items(): ReadonlyMap<ItemId, ConfigurationItem> {
    return this.#folded.items;
  }

  itemOf(id: ItemId): ConfigurationItem | undefined {
    return this.#folded.items.get(id);
  }

  nameOf(id: ItemId): string {
    return this.itemOf(id)?.name ?? this.#folded.services.get(id as never)?.name ?? id;
  }

  search(words: string, most = 50): readonly ItemId[] {
    const sources = { items: this.#folded.items.values(), services: this.#folded.services.values() };
    return findItems(sources, words, most);
  }

  newId(): RecordId {
    return newRecordId(this.#options.now());
  }

  basisOf(id: RecordId): number {
    return this.#confirmed.versionOf(id);
  }

  runItem(target: RecordId, act: ItemAct, basis = this.basisOf(target)): SentCommand {
    const state = this.itemOf(target) ?? null;
    return this.#send(ITEM_PREFIX, target, act, basis, () => this.#folded.decide(state, act, target));
  }

  runRelation(target: RecordId, act: RelationAct): SentCommand {
    const state = this.#folded.relationOf(target);
    return this.#send(RELATION_PREFIX, target, act, state?.version ?? 0, () =>
      decideRelation(state, act, { actor: this.actor, target, facts: this.#folded.facts() }),
    );
  }

  openJournal(id: RecordId): LiveJournal<HistoryEvent> {
    return openJournal<HistoryEvent>(this.#options.shelf, id);
  }

  /** Reads these documents from now on. */
  follow(board: Handle | undefined, rules: Handle | undefined): void {
    if (board === this.#board && rules === this.#rules) return;
    for (const off of this.#off) off();
    [this.#board, this.#rules] = [board, rules];
    this.#off = [board?.onChange(() => this.#place()), rules?.onChange(() => this.#readRules())].flatMap(
      (off) => off ?? [],
    );
    this.#readRules();
    this.#place();
  }

  /** The directory changed: its services are on the map. */
  refold(): void {
    this.#folded.followServices();
    this.#foldOwnAnew();
    this.#told();
  }

  close(): void {
    this.#own.close();
    this.follow(undefined, undefined);
  }

  #send(
    prefix: string,
    target: RecordId,
    act: ItemAct | RelationAct,
    basis: number,
    decide: () => Parameters<typeof outcomeHere>[0],
  ): SentCommand {
    const clientAt = this.#options.now();
    const id = commandId(this.#ulid(clientAt));
    const { verb, ...args } = act;
    const envelope: CommandEnvelope = { id, type: `${prefix}${verb}`, target, args, basis, clientAt };
    // what is not here the server may know: it alone says no then
    const isSettled = this.#options.knowsOrganisation() && this.#board?.current?.loaded === true;
    const outcome = isSettled ? outcomeHere(decide()) : null;
    return sendAct(this.#options.outbox, envelope, outcome);
  }

  /** A document came, or how it is held is otherwise: only what it says is looked at anew when it says something else. */
  #place(): void {
    this.#confirmed.follow(this.#board?.current?.doc ?? null);
    this.#grains.tell('loaded');
  }

  #readRules(): void {
    this.#set.follow(this.#rules?.current?.doc ?? null);
    this.#grains.tell('loaded');
  }

  #rulesRead(): void {
    this.#rebuild();
    this.#grains.tell('rules');
  }

  #rebuild(): void {
    this.#folded.rebuild();
    this.#told();
  }

  /** What an own act names may be here now, and was not when the act was decided. */
  #foldOwnAnew(): void {
    this.#folded.refold(this.#own.targets);
  }

  #settle(ids: readonly ItemId[]): void {
    if (ids.some((id) => this.#own.of(recordId(id)).length > 0)) this.#own.finishShown();
    // what was opened before the server had its item, as one that was made here, was told that there is none
    this.#options.shelf.retryForbidden((id) => this.#confirmed.items.has(id));
    this.#told();
  }

  #told(): void {
    this.#revision += 1;
    this.#grains.tell('all');
  }
}

export interface ConfigurationOptions extends Pick<OwnActsOptions, 'deviceNow' | 'isLive'> {
  readonly actor: Actor;
  readonly shelf: Pick<Shelf, 'open' | 'retryForbidden'>;
  readonly outbox: Pick<Outbox, 'commands' | 'finish' | 'onAnswered' | 'onChange' | 'submit'>;
  readonly directory: () => Directory;
  /** Whether the directory, which rules look at, is on this device. */
  readonly knowsOrganisation: () => boolean;
  /** Server's clock, epoch ms. */
  readonly now: () => number;
}
