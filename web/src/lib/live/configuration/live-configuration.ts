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
import type { Actor, ItemId, RecordId } from '@muster/domain/shared';
import type { LiveJournal } from '../change/live-changes.ts';
import type { SentCommand } from '../sent-command.ts';

/** The configuration as this device holds it: all items and relations, own acts that wait folded in, also offline. */
export interface LiveConfiguration {
  readonly actor: Actor;
  /** Whether there is something true to show. */
  readonly loaded: boolean;
  /** Another after every change of an item, a relation, a rule or a service. Subscribes. */
  readonly revision: number;
  /** Items, and the services of the directory as items of class `service`. Changes in place; read `revision` beside it. */
  readonly map: DependencyMap;
  /** Others after rules were set; so are the types. Subscribes. */
  readonly classes: ItemClasses;
  readonly types: RelationTypes;
  /** What is expected of items. */
  readonly health: HealthRules;
  /** Number of the events of the rules, as they are here. */
  readonly rulesVersion: number;
  /** Classes and types as they were set, with their version. Subscribes. */
  readonly rules: ConfigurationRules;
  /** Whether these are what is set, rather than what a desk begins with. */
  readonly rulesLoaded: boolean;
  /** In no order, without services. Read `revision` beside it. */
  readonly items: ReadonlyMap<ItemId, ConfigurationItem>;
  itemOf(id: ItemId): ConfigurationItem | undefined;
  /** Of an item or a service; its id where nobody knows it here. */
  nameOf(id: ItemId): string;
  /** Items and services with all of the words in name, number, class or attributes: by name first, at most so many. */
  search(words: string, most?: number): readonly ItemId[];
  newId(): RecordId;
  /** The version of an item without own acts that wait: for a form, as it was when the form was opened. */
  basisOf(id: RecordId): number;
  /** Decides by the server's own rules; a refusal is answered at once and nothing is sent. */
  runItem(id: RecordId, act: ItemAct, basis?: number): SentCommand;
  runRelation(id: RecordId, act: RelationAct): SentCommand;
  openJournal(id: RecordId): LiveJournal<HistoryEvent>;
}
