/** The map as a list, for whoever reads rather than looks: the same items, nested as they were reached. */
import type { ItemId } from '@muster/domain/shared';
import { faceOf, howWords } from './face.ts';
import type { Face, MapNames } from './face.ts';
import type { Side } from './reach.ts';
import type { Shown, ShownMap } from './shown.ts';

export interface OutlineRow {
  readonly shown: Shown;
  readonly face: Face;
  /** From 1. */
  readonly depth: number;
  /** How it is related to what it stands under; empty for the centre. */
  readonly how: string;
}

export interface OutlineSection {
  readonly side: Side;
  readonly title: string;
  readonly rows: readonly OutlineRow[];
}

const TITLES: readonly (readonly [Side, string])[] = [
  ['centre', 'In the middle'],
  ['hanging', 'What hangs on it'],
  ['both', 'In a circle with it'],
  ['carrying', 'What it hangs on'],
  ['beside', 'Related otherwise'],
];

/** Those of its sections that have rows. */
export function outlineOf({ nodes }: ShownMap, names: MapNames): readonly OutlineSection[] {
  return TITLES.flatMap(([side, title]) => {
    const rows = rowsOf(
      nodes.filter((each) => sideOf(each) === side),
      names,
    );
    return rows.length === 0 ? [] : [{ side, title, rows }];
  });
}

export function sideOf(shown: Shown): Side {
  return shown.kind === 'item' ? shown.reach.side : shown.side;
}

function rowsOf(own: readonly Shown[], names: MapNames): readonly OutlineRow[] {
  const here = new Set(own.flatMap((each) => (each.kind === 'item' ? [each.id] : [])));
  const under = new Map<ItemId | null, Shown[]>();
  for (const each of own) {
    const parent = fromOf(each)?.id ?? null;
    const above = parent !== null && here.has(parent) ? parent : null;
    under.set(above, [...(under.get(above) ?? []), each]);
  }
  const rows: OutlineRow[] = [];
  const add = (parent: ItemId | null, depth: number): void => {
    for (const shown of under.get(parent) ?? []) {
      const first = shown.kind === 'item' ? shown.id : shown.members[0];
      const how = first === undefined ? '' : howWords(first, fromOf(shown), names);
      rows.push({ shown, face: faceOf(shown, names), depth, how });
      if (shown.kind === 'item') add(shown.id, depth + 1);
    }
  };
  add(null, 1);
  return rows;
}

function fromOf(shown: Shown) {
  return shown.kind === 'item' ? shown.reach.from : shown.from;
}
