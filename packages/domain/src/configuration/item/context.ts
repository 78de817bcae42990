import type {
  Actor,
  Directory,
  Instant,
  ItemId,
  RecordId,
  Recorded,
  Result,
  Verdict,
} from '../../shared/index.ts';
import type { AttributeValue } from '../class/attribute-value.ts';
import type { HealthRules } from '../health/health-rules.ts';
import type { DependencyMap } from '../map/dependency-map.ts';
import type { Governance } from '../relation/govern.ts';
import type { ConfigurationRefusal } from '../refusals.ts';
import type { ItemEvent } from './acts.ts';
import type { ConfigurationItem } from './item.ts';

/** What items a decision looks at beside its own, and by which rules. */
export interface ConfigurationFacts extends Governance {
  readonly map: DependencyMap;
  /**
   * The live item that has a value in an attribute of a class or of its kinds; undefined where there is none, or where
   * that is not known.
   */
  readonly identifiedBy: (definer: string, attribute: string, value: AttributeValue) => ItemId | undefined;
  /** Whether open incidents name an item. */
  readonly hasOpenIncidents: (item: ItemId) => boolean;
  /** What is expected of items; what a desk begins with where it is left out. */
  readonly health?: HealthRules;
}

export interface ItemContext {
  readonly actor: Actor;
  readonly now: Instant;
  readonly target: RecordId;
  /** The number to give a new item; null in the browser. */
  readonly number: string | null;
  readonly directory: Pick<Directory, 'people' | 'teams'>;
  /** Events above the version that the act's author saw, oldest first, with those that are their own. */
  readonly since: readonly Recorded<ItemEvent>[];
  readonly facts: ConfigurationFacts;
  /** The item that an act names beside its own; null where there is none. */
  readonly other?: ConfigurationItem | null;
}

export type ItemAnswer = Result<Verdict<ItemEvent>, ConfigurationRefusal>;
