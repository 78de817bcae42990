import { CHANGE_STATES, RISK_LEVELS } from '@muster/domain/change';
import { ALL_OPEN, CHANGE_OWNERS, CHANGE_VIEWS } from './change-filter.ts';
import type { ChangeFilter } from './change-filter.ts';

/** What each part of the filter is called in the address of the page. */
const NAMES: Readonly<Record<keyof ChangeFilter, string>> = {
  view: 'view',
  words: 'q',
  state: 'state',
  owner: 'owner',
  model: 'kind',
  risk: 'risk',
  service: 'service',
  team: 'team',
};

/** Reads `?view=soon&state=scheduled&owner=me`. Unknown words fall back to the default, so an old link still opens. */
export function readChangeAddress(parameters: Pick<URLSearchParams, 'get'>): ChangeFilter {
  const text = (part: keyof ChangeFilter): string => parameters.get(NAMES[part]) ?? '';
  const one = <Value extends string, Standard extends string>(
    part: keyof ChangeFilter,
    values: readonly Value[],
    standard: Standard,
  ): Value | Standard => values.find((value) => value === text(part)) ?? standard;
  return {
    view: one('view', CHANGE_VIEWS, ALL_OPEN.view),
    words: text('words'),
    state: one('state', CHANGE_STATES, ''),
    owner: one('owner', CHANGE_OWNERS, ''),
    model: text('model'),
    risk: one('risk', RISK_LEVELS, ''),
    service: text('service'),
    team: text('team'),
  };
}

/** Writes the filter into parameters that may hold others, leaving defaults out. */
export function writeChangeAddress(filter: ChangeFilter, parameters: URLSearchParams): URLSearchParams {
  const written = new URLSearchParams(parameters);
  for (const part of Object.keys(NAMES) as (keyof ChangeFilter)[]) {
    if (filter[part] === ALL_OPEN[part]) written.delete(NAMES[part]);
    else written.set(NAMES[part], filter[part]);
  }
  return written;
}
