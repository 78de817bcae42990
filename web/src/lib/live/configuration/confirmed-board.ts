import { ConfigurationReader } from '@muster/documents/configuration';
import { isNonconforming } from '@muster/documents';
import type { ConfigurationItem, KeptRelation, Relation } from '@muster/domain/configuration';
import { recordId } from '@muster/domain/shared';
import type { ItemId, PersonId, RecordId } from '@muster/domain/shared';
import type * as Y from 'yjs';

/** What the board has of items and relations, kept up to date entry by entry; own acts that wait are not in it. */
export class ConfirmedBoard {
  readonly items = new Map<ItemId, ConfigurationItem>();
  readonly relations = new Map<string, Relation>();
  readonly #itemOfKey = new Map<string, ItemId>();
  readonly #relationOfKey = new Map<string, string>();
  readonly #listener: BoardListener;
  #doc: Y.Doc | null = null;
  #reader: ConfigurationReader | null = null;

  constructor(listener: BoardListener) {
    this.#listener = listener;
  }

  /** Reads this document from now on; the listener is told when it is another one. */
  follow(doc: Y.Doc | null): void {
    if (doc === this.#doc) return;
    this.#doc?.getMap('rows').unobserve(this.#onRows);
    this.#doc?.getMap('relations').unobserve(this.#onRelations);
    this.#doc = doc;
    this.#reader = doc === null ? null : new ConfigurationReader(doc);
    this.#read();
    this.#listener.replaced();
    doc?.getMap('rows').observe(this.#onRows);
    doc?.getMap('relations').observe(this.#onRelations);
  }

  versionOf(id: RecordId): number {
    return this.items.get(id)?.version ?? (this.relations.has(id) ? 1 : 0);
  }

  /** What the board has of a relation stands: it was made, and not removed. */
  relationOf(id: string, by: PersonId): KeptRelation | null {
    const relation = this.relations.get(id);
    if (relation === undefined) return null;
    return {
      ...{ ...relation, id: recordId(id), version: 1, since: 0, by },
      ...{ until: null, removedBy: null },
    };
  }

  #read(): void {
    for (const kept of [this.items, this.relations, this.#itemOfKey, this.#relationOfKey]) kept.clear();
    const reader = this.#reader;
    if (reader === null) return;
    for (const key of reader.itemKeys()) this.#takeItem(key);
    for (const key of reader.relationKeys()) this.#takeRelation(key);
  }

  readonly #onRows = (event: Y.YMapEvent<unknown>): void => {
    const keys = [...(event.keysChanged as Set<string>)];
    this.#listener.itemsChanged(keys.flatMap((key) => this.#takeItem(key) ?? []));
  };

  readonly #onRelations = (event: Y.YMapEvent<unknown>): void => {
    const keys = [...(event.keysChanged as Set<string>)];
    this.#listener.relationsChanged(keys.flatMap((key) => this.#takeRelation(key) ?? []));
  };

  #takeItem(key: string): ItemId | null {
    const read = this.#reader?.item(key) ?? null;
    if (read === null || isNonconforming(read)) return forget(key, this.#itemOfKey, this.items);
    this.#itemOfKey.set(key, read.id);
    this.items.set(read.id, read);
    return read.id;
  }

  #takeRelation(key: string): string | null {
    const read = this.#reader?.relation(key) ?? null;
    if (read === null || isNonconforming(read)) return forget(key, this.#relationOfKey, this.relations);
    this.#relationOfKey.set(key, read.id);
    this.relations.set(read.id, read);
    return read.id;
  }
}

/** The id that an entry had, which is gone now; null when nobody knew the entry. */
function forget<Id>(key: string, idOfKey: Map<string, Id>, kept: Map<Id, unknown>): Id | null {
  const id = idOfKey.get(key);
  if (id === undefined) return null;
  idOfKey.delete(key);
  kept.delete(id);
  return id;
}

export interface BoardListener {
  /** Another document came: everything is to be taken anew. */
  replaced(): void;
  itemsChanged(ids: readonly ItemId[]): void;
  relationsChanged(ids: readonly string[]): void;
}
