/** What a page of trends shows, as its address says it, and what the server is asked for that. */
import { NOBODY } from '#lib/ticket/directory-options.ts';

export const TREND_VIEWS = ['pareto', 'hours', 'weeks', 'recurrences', 'clusters', 'fix'] as const;
export type TrendView = (typeof TREND_VIEWS)[number];

export const PARETO_BY = ['service', 'category', 'item', 'cause', 'team', 'resolution', 'caller'] as const;
export type ParetoBy = (typeof PARETO_BY)[number];

/** Days back from today; empty for all there ever was. */
export const SPANS = ['30', '90', '365', ''] as const;

export interface TrendAddress {
  readonly view: TrendView;
  readonly by: ParetoBy;
  readonly process: 'incident' | 'desk';
  readonly last: (typeof SPANS)[number];
  readonly service: string;
  readonly team: string;
  readonly category: string;
  /** Ids of items or services that all of it is about, separated by commas. */
  readonly item: string;
  readonly words: string;
  /** Day of the fix, `2026-11-23`, or its instant, `2026-11-23T16:00:00.000Z`; empty for 30 days ago. */
  readonly fixed: string;
}

export const FIRST: TrendAddress = {
  ...{ view: 'pareto', by: 'service', process: 'incident', last: '90' },
  ...{ service: '', team: '', category: '', item: '', words: '', fixed: '' },
};

const ALL = 'all';
const FIX = /^\d{4}-\d{2}-\d{2}(T[\d:.]+Z)?$/;

/** Unknown words fall back to what is shown first, so an old link still opens. */
export function readTrendAddress(parameters: Pick<URLSearchParams, 'get'>): TrendAddress {
  const text = (name: string): string => parameters.get(name) ?? '';
  const one = <Value extends string>(name: string, values: readonly Value[], standard: Value): Value =>
    values.find((value) => value === text(name)) ?? standard;
  const last = text('last');
  return {
    view: one('view', TREND_VIEWS, FIRST.view),
    by: one('by', PARETO_BY, FIRST.by),
    process: one('process', ['incident', 'desk'], FIRST.process),
    last: last === ALL ? '' : (SPANS.find((value) => value !== '' && value === last) ?? FIRST.last),
    ...{
      service: text('service'),
      team: text('team'),
      category: text('category'),
      item: text('item'),
      words: text('q'),
    },
    fixed: FIX.test(text('fixed')) && !Number.isNaN(Date.parse(text('fixed'))) ? text('fixed') : '',
  };
}

/** Leaves out what is shown first. */
export function writeTrendAddress(address: TrendAddress): URLSearchParams {
  const { words, last, ...others } = address;
  const written = new URLSearchParams();
  for (const [name, value] of Object.entries(others)) {
    if (value !== FIRST[name as keyof typeof others]) written.set(name, value);
  }
  if (words !== '') written.set('q', words);
  if (last !== FIRST.last) written.set('last', last === '' ? ALL : last);
  return written;
}

const PATHS: Readonly<Record<TrendView, string>> = {
  pareto: 'pareto',
  hours: 'heat-map',
  weeks: 'weeks',
  recurrences: 'recurrences',
  clusters: 'clusters',
  fix: 'fix-effect',
};

const FIX_DAYS = 30;

/** Midnight so many days before a day, on the clocks of this device. */
function midnight(at: number, daysBefore: number): number {
  const day = new Date(at);
  return new Date(day.getFullYear(), day.getMonth(), day.getDate() - daysBefore).getTime();
}

/** The day of the fix as `2026-11-23`, on the clocks of this device. */
export const fixDay = (address: Pick<TrendAddress, 'fixed'>, now: number): string =>
  dayOf(fixedAtOf(address, now));

/** Of a day that somebody chose its midnight: of a problem it is known when it was resolved. */
function fixedAtOf({ fixed }: Pick<TrendAddress, 'fixed'>, now: number): number {
  if (fixed === '') return midnight(now, FIX_DAYS);
  return new Date(fixed.includes('T') ? fixed : `${fixed}T00:00`).getTime();
}

function dayOf(at: number): string {
  const day = new Date(at);
  const two = (part: number) => String(part).padStart(2, '0');
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
}

/** What the effect of a problem's fix may be judged by, the likeliest first: an item that is the only one, its service. */
export function judgedBy({ items, service }: About): readonly string[] {
  const own = items.filter((item) => item !== service);
  const all = service === null ? own : [service, ...own];
  return own.length === 1 ? [...own, ...all.filter((each) => each !== own[0])] : all;
}

interface About {
  readonly items: readonly string[];
  readonly service: string | null;
}

/** Where the effect of its fix is shown by one of these, to the instant: what came on the same day came before it. */
export function fixOf({ service }: About, by: string, fixedAt: number): TrendAddress {
  const about = by === service ? { service: by } : { item: by };
  return { ...FIRST, ...about, view: 'fix', fixed: new Date(fixedAt).toISOString() };
}

/** The server's addresses of what a view shows: to read, and as a table. */
export function askedFor(
  address: TrendAddress,
  now: number,
  zone: string,
): { readonly path: string; readonly csv: string } {
  const { view, by, process, last, words } = address;
  const query = new URLSearchParams({ process });
  for (const field of ['service', 'team', 'category'] as const) {
    const value = address[field];
    if (value !== '') query.set(field, value === NOBODY ? '' : value);
  }
  if (address.item !== '') query.set('item', address.item);
  if (words.trim() !== '') query.set('words', words.trim());
  if (view === 'fix') query.set('fixedAt', String(fixedAtOf(address, now)));
  else if (last !== '' && view !== 'recurrences') query.set('from', String(midnight(now, Number(last))));
  if (view === 'pareto') query.set('by', by);
  if (view === 'hours' || view === 'weeks') query.set('zone', zone);
  const path = `/api/trends/${PATHS[view]}`;
  return { path: `${path}?${query.toString()}`, csv: `${path}.csv?${query.toString()}` };
}
