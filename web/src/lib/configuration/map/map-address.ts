/** What a map looks at, as its address says it: so that a link shows another person the same. */
import { ITEM_STATES } from '@muster/domain/configuration';
import type { ItemState } from '@muster/domain/configuration';
import { recordId } from '@muster/domain/shared';
import type { ItemId } from '@muster/domain/shared';
import { DEFAULT_LAYOUT, isLayoutKind } from './layout-kind.ts';
import type { LayoutKind } from './layout-kind.ts';
import type { MapFilter } from './map-filter.ts';

export const MOST_LEVELS = 6;
const LEVELS = 3;

export interface MapPlace {
  readonly item: ItemId | null;
  readonly levels: number;
  readonly filter: MapFilter;
  readonly layout: LayoutKind;
}

export function readPlace(query: URLSearchParams): MapPlace {
  const item = query.get('item');
  const levels = Number(query.get('levels') ?? LEVELS);
  const location = query.get('in');
  const layout = query.get('layout');
  return {
    item: item === null || item === '' ? null : recordId(item),
    levels: Number.isInteger(levels) && levels >= 1 && levels <= MOST_LEVELS ? levels : LEVELS,
    filter: {
      classes: query.getAll('class'),
      states: query.getAll('state').filter(isState),
      relations: query.getAll('relation'),
      location: location === null || location === '' ? null : recordId(location),
    },
    layout: isLayoutKind(layout) ? layout : DEFAULT_LAYOUT,
  };
}

export function writePlace({ item, levels, filter, layout }: MapPlace): string {
  const query = new URLSearchParams();
  if (item !== null) query.set('item', item);
  if (levels !== LEVELS) query.set('levels', String(levels));
  for (const each of filter.classes) query.append('class', each);
  for (const each of filter.states) query.append('state', each);
  for (const each of filter.relations) query.append('relation', each);
  if (filter.location !== null) query.set('in', filter.location);
  if (layout !== DEFAULT_LAYOUT) query.set('layout', layout);
  const text = query.toString();
  return text === '' ? '' : `?${text}`;
}

function isState(text: string): text is ItemState {
  return (ITEM_STATES as readonly string[]).includes(text);
}
