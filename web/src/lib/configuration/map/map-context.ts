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
  /** Puts the keys on a node, wherever it stands. */
  readonly bring: (key: string) => void;
  /** The graph brings nodes into view before; returns what ends that. */
  readonly bringBy: (bring: (key: string) => Promise<void>) => () => void;
}

/** What keys do on a node of the graph. */
export const [getMapKeys, setMapKeys] = createContext<(event: KeyboardEvent) => void>();

export const [getMapHand, setMapHand] = createContext<MapHand>();
