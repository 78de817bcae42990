import type { DependencyMap, ItemClasses, RelationTypes } from '@muster/domain/configuration';
import type { ItemId, RecordId, ServiceId, TeamId } from '@muster/domain/shared';
import type { LiveChanges } from '#lib/live/change/live-changes.ts';
import type { LiveConfiguration } from '#lib/live/configuration/live-configuration.ts';
import type { Muster } from '#lib/live/muster.ts';
import { itemsOfTicket, openChanges, openIncidents } from '../open-work.ts';
import type { OpenWork } from './face.ts';
import type { MapSource, OpenRecord, OpenRecords } from './map-source.ts';

const NOTHING: OpenWork = { incidents: 0, changes: 0 };

/** The map as this device holds it, with what is open on it as its reader may see. */
export class LiveSource implements MapSource {
  readonly #muster: Muster;
  readonly #live: LiveConfiguration;
  readonly #changes: () => LiveChanges | null;
  readonly #work = $derived.by(() => this.#count());

  constructor(muster: Muster, live: LiveConfiguration, changes: () => LiveChanges | null) {
    this.#muster = muster;
    this.#live = live;
    this.#changes = changes;
  }

  get map(): DependencyMap {
    return this.#live.map;
  }

  get revision(): number {
    return this.#live.revision;
  }

  get classes(): ItemClasses {
    return this.#live.classes;
  }

  get types(): RelationTypes {
    return this.#live.types;
  }

  nameOf(id: ItemId): string {
    return this.#live.nameOf(id);
  }

  workOf(id: ItemId): OpenWork {
    return this.#work.get(id) ?? NOTHING;
  }

  openOn(ids: ReadonlySet<ItemId>): OpenRecords {
    const incidents: OpenRecord[] = [];
    for (const ticket of openIncidents(this.#muster))
      if (this.#staying(itemsOfTicket(ticket)).some((id) => ids.has(id)))
        incidents.push(openRecord('/record', ticket.number ?? ticket.token, ticket));
    const changes: OpenRecord[] = [];
    for (const change of openChanges(this.#changes()))
      if (this.#staying(change.items).some((id) => ids.has(id)))
        changes.push(openRecord('/change', change.number ?? change.token, change));
    return { incidents: incidents.toSorted(byNumber), changes: changes.toSorted(byNumber) };
  }

  hasPage(id: ItemId): boolean {
    return this.#live.itemOf(id) !== undefined;
  }

  search(words: string): readonly ItemId[] {
    return this.#live.search(words);
  }

  /** Who answers for an item: its team, or that of the service. */
  teamOf(id: ItemId): TeamId | null {
    return (
      this.#live.itemOf(id)?.team ??
      this.#muster.directory.current.services.get(id as ServiceId)?.team ??
      null
    );
  }

  /** What a record names, each by the item that stands for it, once. Subscribes to the map. */
  #staying(ids: readonly ItemId[]): readonly ItemId[] {
    void this.#live.revision;
    return [...new Set(ids.map((id) => this.#live.map.stayingOf(id)))];
  }

  #count(): ReadonlyMap<ItemId, OpenWork> {
    const work = new Map<ItemId, { incidents: number; changes: number }>();
    const at = (id: ItemId): { incidents: number; changes: number } => {
      const known = work.get(id) ?? { incidents: 0, changes: 0 };
      work.set(id, known);
      return known;
    };
    for (const ticket of openIncidents(this.#muster))
      for (const id of this.#staying(itemsOfTicket(ticket))) at(id).incidents += 1;
    for (const change of openChanges(this.#changes()))
      for (const id of this.#staying(change.items)) at(id).changes += 1;
    return work;
  }
}

function openRecord(
  path: string,
  number: string,
  { id, title }: { readonly id: RecordId; readonly title: string },
): OpenRecord {
  return { id, href: `${path}/${id}`, number, title };
}

const byNumber = (a: OpenRecord, b: OpenRecord): number => a.number.localeCompare(b.number);
