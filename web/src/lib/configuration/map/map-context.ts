import { createContext } from 'svelte';
import type { Relating } from './relating.svelte.ts';
import type { MapView } from './map-view.svelte.ts';

/** Nodes are drawn by the graph's library; what they need beside their own is here. */
export interface MapHand {
  readonly view: MapView;
  /** Centres the map on an item. */
  readonly centre: (key: string) => void;
  /** Shows the particulars of what is drawn; or, while something is being related, takes it for the other end. */
  readonly choose: (key: string) => void;
  readonly relating: Relating;
}

/** What keys do on a node of the graph. */
export const [getMapKeys, setMapKeys] = createContext<(event: KeyboardEvent) => void>();

export const [getMapHand, setMapHand] = createContext<MapHand>();
