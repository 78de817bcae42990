import type { DependencyMap, ItemClasses, RelationTypes } from '@muster/domain/configuration';
import { isOverChange } from '@muster/domain/change';
import type { ItemId, TeamId } from '@muster/domain/shared';
import type { LiveChanges } from '#lib/live/change/live-changes.ts';
import type { LiveConfiguration } from '#lib/live/configuration/live-configuration.ts';
import type { Muster } from '#lib/live/muster.ts';
import type { OpenWork } from './face.ts';
import type { MapSource } from './map-source.ts';

/** In which an incident is worked on. */
const OPEN_STATES: ReadonlySet<string> = new Set(['new', 'in_progress', 'on_hold']);
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

  hasPage(id: ItemId): boolean {
    return this.#live.itemOf(id) !== undefined;
  }

  search(words: string): readonly ItemId[] {
    return this.#live.search(words);
  }

  /** Who answers for an item: its team, or that of the service. */
  teamOf(id: ItemId): TeamId | null {
    return (
      this.#live.itemOf(id)?.team ?? this.#muster.directory.current.services.get(id as never)?.team ?? null
    );
  }

  #count(): ReadonlyMap<ItemId, OpenWork> {
    const work = new Map<ItemId, { incidents: number; changes: number }>();
    const at = (id: ItemId): { incidents: number; changes: number } => {
      const known = work.get(id) ?? { incidents: 0, changes: 0 };
      work.set(id, known);
      return known;
    };
    void this.#muster.tickets.revision;
    for (const { process, state, service, items } of this.#muster.tickets.all()) {
      if (process !== 'incident' || !OPEN_STATES.has(state)) continue;
      for (const id of new Set<ItemId>(service === null ? items : [service, ...items])) at(id).incidents += 1;
    }
    for (const change of this.#changes()?.all ?? [])
      if (!isOverChange(change)) for (const id of change.items) at(id).changes += 1;
    return work;
  }
}
