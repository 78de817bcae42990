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

  /** Hands back what is saved, and the one of its name that it took the place of. */
  save(name: string, place: MapPlace): { readonly saved: SavedMap; readonly before: SavedMap | undefined } {
    const saved = { id: newViewId(), name, address: writePlace(place) };
    return { saved, before: this.keep(saved) };
  }
}
