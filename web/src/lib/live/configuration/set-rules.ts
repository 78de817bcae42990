import { readConfigurationRules } from '@muster/documents/configuration';
import {
  DEFAULT_CONFIGURATION_RULES,
  DEFAULT_HEALTH,
  classesOf,
  healthRulesOf,
  typesOf,
} from '@muster/domain/configuration';
import type {
  ConfigurationRules,
  HealthRules,
  ItemClasses,
  RelationTypes,
} from '@muster/domain/configuration';
import type * as Y from 'yjs';

/** Classes, types and what is expected of items, as they are set; what a desk begins with until they are here. */
export class SetRules {
  readonly #onRead: () => void;
  #doc: Y.Doc | null = null;
  set: ConfigurationRules = DEFAULT_CONFIGURATION_RULES;
  classes: ItemClasses = classesOf(DEFAULT_CONFIGURATION_RULES);
  types: RelationTypes = typesOf(DEFAULT_CONFIGURATION_RULES);
  health: HealthRules = DEFAULT_HEALTH;
  version = 0;

  /** Tells whenever something else is set than before. */
  constructor(onRead: () => void) {
    this.#onRead = onRead;
  }

  /** Reads this document from now on. */
  follow(doc: Y.Doc | null): void {
    if (doc === this.#doc) return;
    this.#doc?.getMap('rules').unobserve(this.#read);
    doc?.getMap('rules').observe(this.#read);
    this.#doc = doc;
    this.#read();
  }

  readonly #read = (): void => {
    const set = this.#doc === null ? DEFAULT_CONFIGURATION_RULES : readConfigurationRules(this.#doc);
    // whoever is told works everything out anew, and documents come that say what is known already
    if (JSON.stringify(set) === JSON.stringify(this.set)) return;
    this.set = set;
    [this.classes, this.types] = [classesOf(set), typesOf(set)];
    [this.health, this.version] = [healthRulesOf(set), set.version];
    this.#onRead();
  };
}
