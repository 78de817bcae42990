/** For tests: items, relations and rules that acts are run on, one after another. Nothing here is used when serving. */
import { SYSTEM_ACTOR, permissionsOf, personId, recordId, teamId } from '../../shared/index.ts';
import type {
  Actor,
  Directory,
  ItemId,
  Person,
  PersonId,
  RecordId,
  Recorded,
  Role,
  Team,
} from '../../shared/index.ts';
import type { ItemAct, ItemEvent } from '../item/acts.ts';
import type { ConfigurationFacts, ItemAnswer } from '../item/context.ts';
import { decideItem } from '../item/decide.ts';
import { evolveItem } from '../item/evolve.ts';
import { identityOf } from '../class/item-class.ts';
import type { ConfigurationItem } from '../item/item.ts';
import { isRetired } from '../item/lifecycle.ts';
import { DependencyMap } from '../map/dependency-map.ts';
import type { KeptRelation, RelationAct } from '../relation/acts.ts';
import { decideRelation, evolveRelation } from '../relation/decide.ts';
import type { RelationAnswer } from '../relation/decide.ts';
import {
  DEFAULT_CONFIGURATION_RULES,
  classesOf,
  decideRules,
  evolveRules,
  healthRulesOf,
  typesOf,
} from '../rules/rules.ts';
import type { RulesAct, RulesAnswer, RulesEvent } from '../rules/rules.ts';

const ROLES: Readonly<Record<string, Role>> = {
  ana: 'agent',
  max: 'agent',
  lea: 'team-lead',
  leo: 'team-lead',
  guest: 'requester',
};

export const NOW = Date.parse('2026-06-01T09:00:00Z');
export const NETWORK = teamId('network');

const people: ReadonlyMap<PersonId, Person> = new Map(
  [...Object.entries(ROLES), ['gone', 'agent'] as const].map(([name, role]) => {
    const id = personId(name);
    const active = name !== 'gone';
    return [id, { id, name, email: '', roles: [role], teams: [], active, vip: false }];
  }),
);
const network: Team = { id: NETWORK, name: 'Network', members: [], lead: personId('lea') };
const teams: Directory['teams'] = new Map([[NETWORK, network]]);

export function actorOf(name: string): Actor {
  if (name === 'system') return SYSTEM_ACTOR;
  const role = ROLES[name] ?? 'requester';
  return { id: personId(name), name, permissions: permissionsOf([role]), teams: [] };
}

export class Items {
  now = NOW;
  rules = DEFAULT_CONFIGURATION_RULES;
  /** Items that open incidents name. */
  readonly incidents = new Set<ItemId>();
  readonly #items = new Map<RecordId, ConfigurationItem>();
  readonly #relations = new Map<RecordId, KeptRelation>();
  readonly #history = new Map<RecordId, Recorded<ItemEvent>[]>();
  readonly #rulings: Recorded<RulesEvent>[] = [];
  #people = people;

  at(id: string): ConfigurationItem {
    const found = this.#items.get(recordId(id));
    if (found === undefined) throw new Error(`no item ${id} was made`);
    return found;
  }

  relation(id: string): KeptRelation | undefined {
    return this.#relations.get(recordId(id));
  }

  get map(): DependencyMap {
    const standing = [...this.#relations.values()].filter(({ until }) => until === null);
    return new DependencyMap(typesOf(this.rules), this.#items.values(), standing);
  }

  /** Runs an act as somebody; `basis` is the version that they had seen, the present one unless said. */
  run(who: string, id: string, act: ItemAct, basis?: number): ItemAnswer {
    const target = recordId(id);
    const state = this.#items.get(target) ?? null;
    const history = this.#history.get(target) ?? [];
    const actor = actorOf(who);
    const since = history.filter(({ version }) => version > (basis ?? state?.version ?? 0));
    const answer = decideItem(state, act, {
      ...{
        actor,
        now: this.now,
        target,
        directory: { people: this.#people, teams },
        since,
        facts: this.#facts(),
      },
      ...{
        number: null,
        other: act.verb === 'join' ? (this.#items.get(act.other as RecordId) ?? null) : null,
      },
    });
    if (!answer.ok) return answer;
    for (const event of answer.value.events) this.#record(target, event, actor);
    for (const each of answer.value.also ?? [])
      for (const event of each.events) this.#record(each.target, event, actor);
    return answer;
  }

  #record(target: RecordId, event: ItemEvent, { id: actor }: Actor): void {
    const before = this.#items.get(target) ?? null;
    const version = (before?.version ?? 0) + 1;
    const recorded = { seq: version, version, event, actor, at: this.now, clientAt: this.now };
    this.#history.set(target, [...(this.#history.get(target) ?? []), recorded]);
    this.#items.set(target, evolveItem(before, event, recorded, target));
  }

  /** Runs an act that is to be let through. */
  do(who: string, id: string, act: ItemAct): this {
    const answer = this.run(who, id, act);
    if (!answer.ok) throw new Error(JSON.stringify(answer.refusal));
    return this;
  }

  /** Somebody is not here any more. */
  leave(who: string): void {
    this.#people = new Map(
      [...this.#people].map(([id, person]) => [id, id === who ? { ...person, active: false } : person]),
    );
  }

  /** The clock asks the owner of an item to look at it. */
  ask(id: string): ItemAnswer {
    return this.run('system', id, { verb: 'ask-review' });
  }

  make(id: string, itemClass: string, more: Partial<ConfigurationItem> = {}): this {
    const { state, ...fields } = { state: 'in_service' as const, ...more };
    return this.do('ana', id, { verb: 'create', fields: { class: itemClass, name: id, ...fields }, state });
  }

  relate(who: string, id: string, act: RelationAct): RelationAnswer {
    const target = recordId(id);
    const state = this.#relations.get(target) ?? null;
    const actor = actorOf(who);
    const answer = decideRelation(state, act, { actor, target, facts: this.#facts() });
    for (const event of answer.ok ? answer.value.events : [])
      this.#relations.set(
        target,
        evolveRelation(this.#relations.get(target) ?? null, event, { actor: actor.id, at: this.now }, target),
      );
    return answer;
  }

  rule(who: string, act: RulesAct, basis = this.rules.version): RulesAnswer {
    const actor = actorOf(who);
    const since = this.#rulings.filter(({ version }) => version > basis);
    const facts = { items: () => this.#items.values(), map: this.map };
    const answer = decideRules(this.rules, act, { actor, since, facts });
    for (const event of answer.ok ? answer.value.events : []) {
      this.rules = evolveRules(this.rules, event, { at: this.now });
      const { version } = this.rules;
      this.#rulings.push({
        ...{ seq: version, version, event, actor: actor.id, at: this.now, clientAt: this.now },
      });
    }
    return answer;
  }

  #facts(): ConfigurationFacts {
    const [classes, types] = [classesOf(this.rules), typesOf(this.rules)];
    return {
      ...{ classes, types, map: this.map, health: healthRulesOf(this.rules) },
      hasOpenIncidents: (item) => this.incidents.has(item),
      identifiedBy: (definer, attribute, value) =>
        [...this.#items.values()].find(
          (item) =>
            !isRetired(item.state) &&
            item.attributes[attribute] === value &&
            identityOf(classes, item.class).some((each) => each.definer === definer),
        )?.id,
    };
  }
}
