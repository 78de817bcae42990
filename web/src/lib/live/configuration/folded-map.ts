import { DependencyMap, SERVICE_CLASS, decideItem, evolveItem } from '@muster/domain/configuration';
import type {
  ConfigurationFacts,
  ConfigurationItem,
  ItemAct,
  KeptRelation,
} from '@muster/domain/configuration';
import { recordId } from '@muster/domain/shared';
import type { Actor, CommandEnvelope, Directory, ItemId, RecordId } from '@muster/domain/shared';
import type { OwnActs } from '../own-acts.ts';
import type { ConfirmedBoard } from './confirmed-board.ts';
import { factsHere } from './facts-here.ts';
import { RELATION_PREFIX, withOwnRelationAct } from './own-relation.ts';
import type { SetRules } from './set-rules.ts';

export const ITEM_PREFIX = 'item.';

/** Items and relations with own acts that the board does not hold yet, and the map of them and of the services. */
export class FoldedMap {
  readonly items = new Map<ItemId, ConfigurationItem>();
  readonly #parts: FoldedParts;
  #map: DependencyMap;
  #services: Directory['services'] = new Map();

  constructor(parts: FoldedParts) {
    this.#parts = parts;
    this.#map = new DependencyMap(parts.rules.types);
  }

  get map(): DependencyMap {
    return this.#map;
  }

  get services(): Directory['services'] {
    return this.#services;
  }

  /** Everything anew: another document came, or other rules. */
  rebuild(): void {
    const { board, own } = this.#parts;
    this.#map = new DependencyMap(this.#parts.rules.types);
    this.items.clear();
    this.#services = new Map();
    this.followServices();
    for (const id of board.items.keys()) this.putItem(id);
    for (const id of board.relations.keys()) this.putRelation(id);
    this.refold(own.targets);
  }

  refold(ids: Iterable<RecordId>): void {
    for (const id of ids) {
      if (this.#isRelation(id)) this.putRelation(id);
      else this.putItem(id);
    }
  }

  putItem(id: ItemId): void {
    const { board, own } = this.#parts;
    const confirmed = board.items.get(id) ?? null;
    if (confirmed !== null && own.of(recordId(id)).length === 0) {
      this.items.set(id, confirmed);
      this.#map.put(confirmed);
      return;
    }
    // own acts are decided against it as the board has it
    if (confirmed === null) this.items.delete(id);
    else this.items.set(id, confirmed);
    const waiting = own.after(recordId(id), confirmed?.version ?? 0);
    const item = waiting.reduce<ConfigurationItem | null>(
      (state, { envelope }) => this.#fold(state, envelope),
      confirmed,
    );
    if (item === null) {
      this.items.delete(id);
      this.#map.take(id);
      return;
    }
    this.items.set(id, item);
    this.#map.put(item);
  }

  putRelation(id: string): void {
    const { board, own } = this.#parts;
    const confirmed = board.relations.get(id);
    if (confirmed !== undefined && own.of(recordId(id)).length === 0) return this.#map.relate(confirmed);
    const state = this.relationOf(recordId(id));
    if (state === null || state.until !== null) this.#map.unrelate(id);
    else this.#map.relate({ id, type: state.type, from: state.from, to: state.to });
  }

  relationOf(id: RecordId): KeptRelation | null {
    const { board, own, actor } = this.#parts;
    return own
      .after(id, board.versionOf(id))
      .reduce(
        (so, { envelope }) => withOwnRelationAct(so, envelope, actor.id),
        board.relationOf(id, actor.id),
      );
  }

  decide(state: ConfigurationItem | null, act: ItemAct, target: RecordId) {
    const { actor, directory, now } = this.#parts;
    return decideItem(state, act, {
      ...{ actor, now: now(), target, number: null, since: [], directory: directory(), facts: this.facts() },
      other: act.verb === 'join' ? (this.items.get(act.other) ?? null) : null,
    });
  }

  facts(): ConfigurationFacts {
    const { classes, types } = this.#parts.rules;
    return factsHere({ classes, types, map: this.#map }, this.items);
  }

  /** Services of the directory are on the map, as items of a class of their own. */
  followServices(): void {
    const { services } = this.#parts.directory();
    for (const id of this.#services.keys()) if (!services.has(id)) this.#map.take(id);
    for (const id of services.keys())
      if (!this.#services.has(id))
        this.#map.put({ id, class: SERVICE_CLASS, state: 'in_service', redundancy: [] });
    this.#services = services;
  }

  #isRelation(id: RecordId): boolean {
    const { board, own } = this.#parts;
    return (
      own.of(id).some(({ envelope }) => envelope.type.startsWith(RELATION_PREFIX)) ||
      board.relations.has(id) ||
      this.#map.relationOf(id) !== undefined
    );
  }

  #fold(
    state: ConfigurationItem | null,
    { type, args, target, clientAt }: CommandEnvelope,
  ): ConfigurationItem | null {
    if (!type.startsWith(ITEM_PREFIX)) return state;
    // made by this client's own `runItem`, so of the shape that its types say
    const act = { ...(args as object), verb: type.slice(ITEM_PREFIX.length) } as ItemAct;
    const answer = this.decide(state, act, target);
    if (!answer.ok) return state;
    const done = { actor: this.#parts.actor.id, at: clientAt };
    return answer.value.events.reduce<ConfigurationItem | null>(
      (so, event) => evolveItem(so, event, done, target),
      state,
    );
  }
}

export interface FoldedParts {
  readonly actor: Actor;
  readonly board: ConfirmedBoard;
  readonly rules: SetRules;
  readonly own: Pick<OwnActs, 'after' | 'of' | 'targets'>;
  readonly directory: () => Directory;
  /** Server's clock, epoch ms. */
  readonly now: () => number;
}
