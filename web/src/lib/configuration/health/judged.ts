/** All items that are not gone, each with how well it is known. */
import { duplicatesOf, healthOf, isRetired, reviewOf, sumOfHealth } from '@muster/domain/configuration';
import type {
  ConfigurationItem,
  Duplicate,
  HealthFacts,
  HealthFault,
  HealthSum,
  ItemHealth,
  Review,
} from '@muster/domain/configuration';
import type { Directory, Instant, PersonId } from '@muster/domain/shared';
import type { LiveConfiguration } from '#lib/live/configuration/live-configuration.ts';

export interface JudgedItem {
  readonly item: ConfigurationItem;
  readonly health: ItemHealth;
}

export interface Judged {
  readonly all: readonly JudgedItem[];
  readonly sum: HealthSum;
  readonly duplicates: readonly Duplicate[];
}

export function factsOf(
  live: Pick<LiveConfiguration, 'classes' | 'map' | 'health'>,
  people: Directory['people'],
  now: Instant,
): HealthFacts {
  const { classes, map, health } = live;
  return { classes, map, health, now, isHere: (person: PersonId) => people.get(person)?.active === true };
}

/** The worst first. */
export function judge(items: Iterable<ConfigurationItem>, facts: HealthFacts): Judged {
  const live = [...items].filter(({ state }) => !isRetired(state));
  const all = live.map((item) => ({ item, health: healthOf(item, facts) }));
  return {
    all: all.toSorted((a, b) => a.health.score - b.health.score || a.item.name.localeCompare(b.item.name)),
    sum: sumOfHealth(all),
    duplicates: duplicatesOf(live, facts.classes),
  };
}

export interface HealthFilter {
  /** Id of a class; empty for all. */
  readonly class: string;
  readonly fault: HealthFault['fault'] | '';
  /** Those alone that this person is to look at. */
  readonly mine: boolean;
}

export function readHealthFilter(query: URLSearchParams): HealthFilter {
  return {
    class: query.get('class') ?? '',
    fault: (query.get('lacks') ?? '') as HealthFilter['fault'],
    mine: query.get('mine') === '1',
  };
}

export function writeHealthFilter(filter: HealthFilter): string {
  const query = new URLSearchParams();
  if (filter.class !== '') query.set('class', filter.class);
  if (filter.fault !== '') query.set('lacks', filter.fault);
  if (filter.mine) query.set('mine', '1');
  return query.size === 0 ? '/configuration/health' : `/configuration/health?${query.toString()}`;
}

/** Of what is judged, what lacks something and fits. */
export function faulty(
  all: readonly JudgedItem[],
  { class: itemClass, fault, mine }: HealthFilter,
  me: PersonId,
): readonly JudgedItem[] {
  return all.filter(
    ({ item, health }) =>
      health.faults.length > 0 &&
      (itemClass === '' || item.class === itemClass) &&
      (fault === '' || health.faults.some((each) => each.fault === fault)) &&
      (!mine || item.owner === me),
  );
}

export function reviewHere(item: ConfigurationItem, facts: HealthFacts): Review | null {
  return isRetired(item.state) ? null : reviewOf(item, facts);
}

export interface HealthTexts {
  readonly class: (id: string) => string;
  readonly person: (id: PersonId | null) => string;
  readonly team: (id: ConfigurationItem['team']) => string;
  readonly fault: (fault: HealthFault) => string;
}

/** For a spreadsheet; what a cell would run as a formula is text in it. */
export function healthCsv(rows: readonly JudgedItem[], texts: HealthTexts): string {
  const head = ['Number', 'Name', 'Class', 'Owner', 'Team', 'Score', 'Lacks'];
  const lines = rows.map(({ item, health }) => [
    item.number ?? '',
    item.name,
    texts.class(item.class),
    texts.person(item.owner),
    texts.team(item.team),
    String(health.score),
    health.faults.map(texts.fault).join('; '),
  ]);
  return [head, ...lines].map((line) => `${line.map(cell).join(',')}\r\n`).join('');
}

function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
