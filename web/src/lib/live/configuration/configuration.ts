import { ConfigurationReader, readConfigurationRules } from '@muster/documents/configuration';
import { isNonconforming } from '@muster/documents';
import {
  DEFAULT_CONFIGURATION_RULES,
  DEFAULT_HEALTH,
  DependencyMap,
  SERVICE_CLASS,
  classesOf,
  decideItem,
  decideRelation,
  evolveItem,
  healthRulesOf,
  typesOf,
} from '@muster/domain/configuration';
import type {
  ConfigurationFacts,
  ConfigurationItem,
  ConfigurationRules,
  HealthRules,
  HistoryEvent,
  ItemAct,
  ItemClasses,
  KeptRelation,
  Relation,
  RelationAct,
  RelationTypes,
} from '@muster/domain/configuration';
import { commandId, recordId } from '@muster/domain/shared';
import type { Actor, CommandEnvelope, Directory, ItemId, RecordId } from '@muster/domain/shared';
import { monotonicFactory } from 'ulid';
import type * as Y from 'yjs';
import type { Outbox } from '../../connection/outbox.ts';
import type { Handle, Shelf } from '../../connection/shelf.ts';
import type { LiveJournal } from '../change/live-changes.ts';
import { Grains } from '../grains.ts';
import { openJournal } from '../journal.ts';
import { OwnActs } from '../own-acts.ts';
import type { OwnActsOptions } from '../own-acts.ts';
import { newRecordId, outcomeHere, sendAct } from '../send-act.ts';
import type { SentCommand } from '../sent-command.ts';
import { factsHere } from './facts-here.ts';
import { findItems } from './find-items.ts';
import type { LiveConfiguration } from './live-configuration.ts';
import { RELATION_PREFIX, withOwnRelationAct } from './own-relation.ts';

const ITEM = 'item.';

/**
 * The map of the board, kept up to date entry by entry, with the acts of this device that wait folded in by the
 * server's own rules. Fetched when it is asked for, or when an act waits.
 */
export class Configuration implements LiveConfiguration {
  readonly #options: ConfigurationOptions;
  readonly #grains = new Grains<'all' | 'rules'>();
  readonly #ulid = monotonicFactory();
  readonly #own: OwnActs;
  #board: Handle | undefined;
  #rules: Handle | undefined;
  #off: readonly (() => void)[] = [];
  #doc: Y.Doc | null = null;
  #rulesDoc: Y.Doc | null = null;
  #reader: ConfigurationReader | null = null;
  #set: ConfigurationRules = DEFAULT_CONFIGURATION_RULES;
  #classes: ItemClasses = classesOf(DEFAULT_CONFIGURATION_RULES);
  #types: RelationTypes = typesOf(DEFAULT_CONFIGURATION_RULES);
  #health: HealthRules = DEFAULT_HEALTH;
  #rulesVersion = 0;
  #map = new DependencyMap(this.#types);
  /** As the board has them. */
  readonly #confirmed = new Map<ItemId, ConfigurationItem>();
  readonly #related = new Map<string, Relation>();
  /** With own acts. */
  readonly #items = new Map<ItemId, ConfigurationItem>();
  readonly #itemOfKey = new Map<string, ItemId>();
  readonly #relationOfKey = new Map<string, string>();
  #services: Directory['services'] = new Map();
  #revision = 0;

  constructor(options: ConfigurationOptions) {
    this.#options = options;
    this.#own = new OwnActs({
      ...options,
      part: 'configuration',
      versionOf: (id) => this.#versionOf(id),
      touched: (ids) => this.#refold(ids),
    });
    this.#followServices();
    this.#own.look();
  }

  get actor(): Actor {
    return this.#options.actor;
  }

  get loaded(): boolean {
    this.#grains.read('all');
    const current = this.#board?.current;
    return current === null || current?.loaded === true;
  }

  get revision(): number {
    this.#grains.read('all');
    return this.#revision;
  }

  get map(): DependencyMap {
    return this.#map;
  }

  get classes(): ItemClasses {
    this.#grains.read('rules');
    return this.#classes;
  }

  get types(): RelationTypes {
    this.#grains.read('rules');
    return this.#types;
  }

  get health(): HealthRules {
    this.#grains.read('rules');
    return this.#health;
  }

  get rulesVersion(): number {
    return this.#rulesVersion;
  }

  get rules(): ConfigurationRules {
    this.#grains.read('rules');
    return this.#set;
  }

  get rulesLoaded(): boolean {
    this.#grains.read('all');
    const current = this.#rules?.current;
    return current === null || current?.loaded === true;
  }

  get items(): ReadonlyMap<ItemId, ConfigurationItem> {
    return this.#items;
  }

  itemOf(id: ItemId): ConfigurationItem | undefined {
    return this.#items.get(id);
  }

  nameOf(id: ItemId): string {
    return this.#items.get(id)?.name ?? this.#services.get(id as never)?.name ?? id;
  }

  search(words: string, most = 50): readonly ItemId[] {
    const sources = { items: this.#items.values(), services: this.#services.values() };
    return findItems(sources, words, most);
  }

  newId(): RecordId {
    return newRecordId(this.#options.now());
  }

  runItem(target: RecordId, act: ItemAct, basis = this.#versionOf(target)): SentCommand {
    const state = this.#items.get(target) ?? null;
    return this.#send(ITEM, target, act, basis, () => this.#decideItem(state, act, target));
  }

  runRelation(target: RecordId, act: RelationAct): SentCommand {
    const state = this.#relationState(target);
    return this.#send(RELATION_PREFIX, target, act, state?.version ?? 0, () =>
      decideRelation(state, act, { actor: this.actor, target, facts: this.#facts() }),
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
    this.#followServices();
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

  #place(): void {
    const doc = this.#board?.current?.doc ?? null;
    if (doc !== this.#doc) {
      this.#doc?.getMap('rows').unobserve(this.#onRows);
      this.#doc?.getMap('relations').unobserve(this.#onRelations);
      this.#doc = doc;
      this.#reader = doc === null ? null : new ConfigurationReader(doc);
      this.#rebuild();
      doc?.getMap('rows').observe(this.#onRows);
      doc?.getMap('relations').observe(this.#onRelations);
    }
    this.#told();
  }

  readonly #onRows = (event: Y.YMapEvent<unknown>): void => {
    const touched = [...(event.keysChanged as Set<string>)].flatMap((key) => this.#takeItem(key) ?? []);
    this.#settle(touched);
  };

  readonly #onRelations = (event: Y.YMapEvent<unknown>): void => {
    const touched = [...(event.keysChanged as Set<string>)].flatMap((key) => this.#takeRelation(key) ?? []);
    this.#settle(touched.map(recordId));
  };

  /** Everything anew: another document came, or other rules. */
  #rebuild(): void {
    this.#map = new DependencyMap(this.#types);
    for (const kept of [this.#confirmed, this.#related, this.#items, this.#itemOfKey, this.#relationOfKey])
      kept.clear();
    this.#services = new Map();
    this.#followServices();
    const reader = this.#reader;
    if (reader !== null) {
      for (const key of reader.itemKeys()) this.#takeItem(key);
      for (const key of reader.relationKeys()) this.#takeRelation(key);
    }
    this.#refold(this.#own.targets);
  }

  #takeItem(key: string): ItemId | null {
    const read = this.#reader?.item(key) ?? null;
    if (read === null || isNonconforming(read)) {
      const id = this.#itemOfKey.get(key);
      if (id === undefined) return null;
      this.#itemOfKey.delete(key);
      this.#confirmed.delete(id);
      this.#put(id);
      return id;
    }
    this.#itemOfKey.set(key, read.id);
    this.#confirmed.set(read.id, read);
    this.#put(read.id);
    return read.id;
  }

  #takeRelation(key: string): string | null {
    const read = this.#reader?.relation(key) ?? null;
    if (read === null || isNonconforming(read)) {
      const id = this.#relationOfKey.get(key);
      if (id === undefined) return null;
      this.#relationOfKey.delete(key);
      this.#related.delete(id);
      this.#relate(id);
      return id;
    }
    this.#relationOfKey.set(key, read.id);
    this.#related.set(read.id, read);
    this.#relate(read.id);
    return read.id;
  }

  /** An item as the board has it, with own acts that it does not hold yet. */
  #put(id: ItemId): void {
    const confirmed = this.#confirmed.get(id) ?? null;
    if (confirmed === null) this.#items.delete(id);
    else this.#items.set(id, confirmed);
    const waiting = this.#own.after(recordId(id), confirmed?.version ?? 0);
    const item = waiting.reduce<ConfigurationItem | null>(
      (state, { envelope }) => this.#foldItem(state, envelope),
      confirmed,
    );
    if (item === null) {
      this.#items.delete(id);
      this.#map.take(id);
      return;
    }
    this.#items.set(id, item);
    this.#map.put(item);
  }

  #relate(id: string): void {
    const state = this.#own
      .after(recordId(id), this.#versionOf(recordId(id)))
      .reduce(
        (so, { envelope }) => withOwnRelationAct(so, envelope, this.actor.id),
        this.#confirmedRelation(id),
      );
    if (state === null || state.until !== null) this.#map.unrelate(id);
    else this.#map.relate({ id, type: state.type, from: state.from, to: state.to });
  }

  #foldItem(
    state: ConfigurationItem | null,
    { type, args, target, clientAt }: CommandEnvelope,
  ): ConfigurationItem | null {
    if (!type.startsWith(ITEM)) return state;
    // made by this client's own `runItem`, so of the shape that its types say
    const act = { ...(args as object), verb: type.slice(ITEM.length) } as ItemAct;
    const answer = this.#decideItem(state, act, target);
    if (!answer.ok) return state;
    const done = { actor: this.actor.id, at: clientAt };
    return answer.value.events.reduce<ConfigurationItem | null>(
      (so, event) => evolveItem(so, event, done, target),
      state,
    );
  }

  #decideItem(state: ConfigurationItem | null, act: ItemAct, target: RecordId) {
    const { actor, directory, now } = this.#options;
    return decideItem(state, act, {
      ...{ actor, now: now(), target, number: null, since: [], directory: directory(), facts: this.#facts() },
    });
  }

  #facts(): ConfigurationFacts {
    return factsHere({ classes: this.#classes, types: this.#types, map: this.#map }, this.#items);
  }

  #relationState(id: RecordId): KeptRelation | null {
    return this.#own
      .after(id, this.#versionOf(id))
      .reduce(
        (so, { envelope }) => withOwnRelationAct(so, envelope, this.actor.id),
        this.#confirmedRelation(id),
      );
  }

  /** What the board has of a relation stands: it was made, and not removed. */
  #confirmedRelation(id: string): KeptRelation | null {
    const relation = this.#related.get(id);
    if (relation === undefined) return null;
    return {
      ...{ ...relation, id: recordId(id), version: 1, since: 0, by: this.actor.id },
      ...{ until: null, removedBy: null },
    };
  }

  #versionOf(id: RecordId): number {
    return this.#confirmed.get(id)?.version ?? (this.#related.has(id) ? 1 : 0);
  }

  #refold(ids: Iterable<RecordId>): void {
    for (const id of ids) {
      if (
        this.#own.of(id).some(({ envelope }) => envelope.type.startsWith(RELATION_PREFIX)) ||
        this.#related.has(id)
      )
        this.#relate(id);
      else if (this.#map.relationOf(id) !== undefined) this.#relate(id);
      else this.#put(id);
    }
    this.#told();
  }

  #settle(ids: readonly ItemId[]): void {
    if (ids.some((id) => this.#own.of(recordId(id)).length > 0)) this.#own.finishShown();
    // what was opened before the server had its item, as one that was made here, was told that there is none
    this.#options.shelf.retryForbidden((id) => this.#confirmed.has(id));
    this.#told();
  }

  #readRules(): void {
    const doc = this.#rules?.current?.doc ?? null;
    const rules = doc === null ? DEFAULT_CONFIGURATION_RULES : readConfigurationRules(doc);
    if (doc !== this.#rulesDoc) {
      this.#rulesDoc?.getMap('rules').unobserve(this.#onRules);
      doc?.getMap('rules').observe(this.#onRules);
      this.#rulesDoc = doc;
    }
    this.#set = rules;
    [this.#classes, this.#types] = [classesOf(rules), typesOf(rules)];
    [this.#health, this.#rulesVersion] = [healthRulesOf(rules), rules.version];
    this.#rebuild();
    this.#grains.tell('rules');
  }

  readonly #onRules = (): void => this.#readRules();

  #followServices(): void {
    const { services } = this.#options.directory();
    for (const id of this.#services.keys()) if (!services.has(id)) this.#map.take(id);
    for (const id of services.keys())
      if (!this.#services.has(id))
        this.#map.put({ id, class: SERVICE_CLASS, state: 'in_service', redundancy: [] });
    this.#services = services;
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
