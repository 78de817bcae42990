import type { ItemId } from '@muster/domain/shared';
import type { WhatIf } from '#lib/live/configuration/what-if.svelte.ts';
import { faceOf } from './face.ts';
import type { Face, MapNames } from './face.ts';
import { layoutOf } from './layout.ts';
import type { MapLayout, PlacedEdge, PlacedNode } from './layout.ts';
import { looksOf } from './look.ts';
import type { MapPlace } from './map-address.ts';
import type { MapSource } from './map-source.ts';
import { shownOf } from './shown.ts';
import type { Shown, ShownMap } from './shown.ts';

/** How many nodes are drawn at most; the rest is said, and reached by searching or expanding. */
const MOST_DRAWN = 150;

/** What is looked at, by what is supposed, from where. */
interface Looked {
  readonly source: MapSource;
  readonly whatIf: WhatIf;
  readonly place: MapPlace;
}

/** One look at the map: what it is centred on, what was opened in it, and where everything stands. */
export class MapView {
  readonly #looked: () => Looked;
  #opened = $state.raw<Opened>(CLOSED);
  /** Key of the node whose particulars are shown. */
  chosen = $state<string | null>(null);
  #before: MapLayout | null = null;
  #anchor = '';

  readonly looks = $derived.by(() => {
    void this.source.revision;
    return looksOf(this.source.map, {
      centre: this.place.item,
      down: this.whatIf.down,
      overrides: this.whatIf.overrides,
    });
  });
  readonly shown: ShownMap = $derived.by(() => this.#show());
  readonly layout: MapLayout = $derived.by(() => this.#lay(this.shown));
  readonly placedEdges: ReadonlyMap<string, PlacedEdge> = $derived.by(
    () => new Map(this.layout.edges.map((placed) => [placed.edge.key, placed])),
  );
  readonly names: MapNames = $derived.by(() => {
    void this.source.revision;
    const { source } = this;
    return {
      ...{ classes: source.classes, types: source.types },
      item: (id: ItemId) => source.nameOf(id),
      work: (id: ItemId) => source.workOf(id),
    };
  });
  readonly faces: ReadonlyMap<string, Face> = $derived.by(
    () => new Map(this.shown.nodes.map((each) => [each.key, faceOf(each, this.names)])),
  );

  constructor(looked: () => Looked) {
    this.#looked = looked;
  }

  get source(): MapSource {
    return this.#looked().source;
  }

  get whatIf(): WhatIf {
    return this.#looked().whatIf;
  }

  get place(): MapPlace {
    return this.#looked().place;
  }

  /** The node whose particulars are shown: the centre unless another was chosen that is drawn. */
  get chosenNode(): Shown | undefined {
    return this.shown.nodes.find(({ key }) => key === this.chosen) ?? this.shown.nodes[0];
  }

  isExpanded(id: ItemId): boolean {
    return this.#openedHere.expanded.includes(id);
  }

  /** Shows one level more around an item, or no longer. */
  expand(id: ItemId): void {
    const { expanded } = this.#openedHere;
    const next = expanded.includes(id) ? expanded.filter((each) => each !== id) : [...expanded, id];
    this.#anchor = id;
    this.#opened = { ...this.#openedHere, expanded: next };
  }

  unfold(alike: string): void {
    this.#opened = { ...this.#openedHere, unfolded: new Set([...this.#openedHere.unfolded, alike]) };
  }

  /** Folds everything and takes back what was expanded. */
  collapse(): void {
    this.#opened = { ...CLOSED, centre: this.place.item };
  }

  get isOpened(): boolean {
    const { expanded, unfolded } = this.#openedHere;
    return expanded.length + unfolded.size > 0;
  }

  /** What was opened around another centre is not open around this one. */
  get #openedHere(): Opened {
    return this.#opened.centre === this.place.item ? this.#opened : { ...CLOSED, centre: this.place.item };
  }

  #show(): ShownMap {
    void this.source.revision;
    const { item, levels, filter } = this.place;
    if (item === null) return { nodes: [], edges: [], reached: 0, beyond: 0 };
    const { expanded, unfolded } = this.#openedHere;
    return shownOf(
      this.source.map,
      { classes: this.source.classes, types: this.source.types },
      {
        centre: item,
        levels: { hanging: levels, carrying: levels },
        ...{ expanded, unfolded, filter, apart: this.whatIf.down, most: MOST_DRAWN },
      },
      this.looks,
    );
  }

  /** Laid out anew only when other nodes or edges are there, or another way; a change of looks alone moves nothing. */
  #lay(shown: ShownMap): MapLayout {
    const before = this.#before;
    const { layout: kind } = this.place;
    const layout =
      before?.kind === kind && isSameShape(before, shown)
        ? repainted(before, shown)
        : layoutOf(shown, { kind, before, anchor: this.#anchor });
    this.#before = layout;
    return layout;
  }
}

interface Opened {
  readonly centre: ItemId | null;
  readonly expanded: readonly ItemId[];
  readonly unfolded: ReadonlySet<string>;
}

const CLOSED: Opened = { centre: null, expanded: [], unfolded: new Set() };

function isSameShape({ nodes, edges }: MapLayout, shown: ShownMap): boolean {
  return (
    nodes.size === shown.nodes.length &&
    edges.length === shown.edges.length &&
    shown.nodes.every(({ key }) => nodes.has(key)) &&
    shown.edges.every(({ key }, place) => edges[place]?.edge.key === key)
  );
}

function repainted({ kind, nodes, edges }: MapLayout, shown: ShownMap): MapLayout {
  const repaint = new Map<string, PlacedNode>();
  for (const each of shown.nodes) {
    const placed = nodes.get(each.key);
    if (placed !== undefined) repaint.set(each.key, { ...placed, shown: each });
  }
  return {
    kind,
    nodes: repaint,
    edges: edges.map((placed, place) => ({ ...placed, edge: shown.edges[place] ?? placed.edge })),
  };
}
