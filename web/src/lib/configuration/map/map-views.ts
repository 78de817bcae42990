import { KeptViews, newViewId } from '#lib/live/kept-views.svelte.ts';
import type { KeptView } from '#lib/live/kept-views.svelte.ts';
import { writePlace } from './map-address.ts';
import type { MapPlace } from './map-address.ts';

/** What the map showed when it was saved, under a name. */
export interface SavedMap extends KeptView {
  /** Begins with `?`; read as any address of a map. */
  readonly address: string;
}

/** A person's own views of the map. */
export class MapViews extends KeptViews<SavedMap> {
  constructor(person: string) {
    super(
      `muster.map-views.${person}`,
      ({ address }) => typeof address === 'string' && address.startsWith('?'),
    );
  }

  /** Hands back the one of that name that it took the place of. */
  save(name: string, place: MapPlace): SavedMap | undefined {
    const before = this.all.find((view) => view.name === name);
    this.keep({ id: newViewId(), name, address: writePlace(place) });
    return before;
  }

  /**
   * Brings back what was removed, or replaced by the view of that id. What was saved under its name since then stays,
   * and what is brought back stands beside it.
   */
  bringBack(view: SavedMap, replacedBy?: string): void {
    const now = this.all.find(({ name }) => name === view.name);
    if (now === undefined || now.id === replacedBy) return this.keep(view);
    let name = view.name;
    while (this.all.some((one) => one.name === name)) name += ' (before)';
    this.keep({ ...view, name });
  }
}
