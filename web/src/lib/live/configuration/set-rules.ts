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

  /** Tells whenever they were read anew. */
  constructor(onRead: () => void) {
    this.#onRead = onRead;
  }

  read(doc: Y.Doc | null): void {
    if (doc !== this.#doc) {
      this.#doc?.getMap('rules').unobserve(this.#onRules);
      doc?.getMap('rules').observe(this.#onRules);
      this.#doc = doc;
    }
    this.set = doc === null ? DEFAULT_CONFIGURATION_RULES : readConfigurationRules(doc);
    [this.classes, this.types] = [classesOf(this.set), typesOf(this.set)];
    [this.health, this.version] = [healthRulesOf(this.set), this.set.version];
    this.#onRead();
  }

  readonly #onRules = (): void => this.read(this.#doc);
}
