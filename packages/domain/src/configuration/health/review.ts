/**
 * When the owner of an item is asked to look at it: when it is stale, or lacks something for a week. Asked once, and
 * again when nothing came of it for long; never more than a few items a day. Whoever said that an item is right is left
 * alone about what it lacks until it is stale.
 */
import type { Instant, PersonId } from '../../shared/index.ts';
import type { ConfigurationItem } from '../item/item.ts';
import { expectedOf } from './health-rules.ts';
import { healthOf } from './health.ts';
import type { HealthFacts, HealthFault } from './health.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
/** What was just made or changed is being worked on. */
const REST_DAYS = 7;
/** How many items an owner is asked about in a day. */
export const MOST_A_DAY = 5;

export interface Review {
  readonly owner: PersonId;
  /** What is to be mended, or confirmed as it is. */
  readonly faults: readonly HealthFault[];
  /** When the owner was asked; null as long as that was not done. */
  readonly askedAt: Instant | null;
}

/** What the owner of an item is to look at; null where there is nothing, or nobody to ask. */
export function reviewOf(item: ConfigurationItem, facts: HealthFacts): Review | null {
  const { owner, care } = item;
  if (owner === null || !facts.isHere(owner)) return null;
  const { faults } = healthOf(item, facts);
  const isStale = faults.some(({ fault }) => fault === 'stale');
  const confirmedAt = care?.confirmedAt ?? null;
  if (faults.length === 0 || (!isStale && confirmedAt !== null && holds(confirmedAt, item, facts)))
    return null;
  // what was asked before the last confirmation was answered by it
  const askedAt = care?.askedAt ?? null;
  const isAnswered = askedAt !== null && confirmedAt !== null && askedAt <= confirmedAt;
  return { owner, faults, askedAt: isAnswered ? null : askedAt };
}

function holds(
  confirmedAt: Instant,
  item: ConfigurationItem,
  { health, classes, now }: HealthFacts,
): boolean {
  const { staleDays } = expectedOf(health, classes, item.class);
  return staleDays === null || confirmedAt + staleDays * DAY_MS > now;
}

/** Whether the owner is to be asked now. */
export function isReviewDue(item: ConfigurationItem, facts: HealthFacts): boolean {
  const review = reviewOf(item, facts);
  if (review === null) return false;
  const { now, health } = facts;
  if (review.askedAt !== null && review.askedAt + health.againDays * DAY_MS > now) return false;
  return item.updatedAt + REST_DAYS * DAY_MS <= now;
}

export type Asked = Pick<ConfigurationItem, 'id' | 'version' | 'updatedAt' | 'care'>;

/** Of all items, those whose owners are to be asked now: for each the longest unchanged first, a few a day. */
export function reviewsDue(items: Iterable<ConfigurationItem>, facts: HealthFacts): readonly Asked[] {
  const askedToday = new Map<PersonId, number>();
  const due = new Map<PersonId, ConfigurationItem[]>();
  for (const item of items) {
    const { owner, care } = item;
    if (owner === null) continue;
    const isToday = care?.askedAt != null && care.askedAt + DAY_MS > facts.now;
    if (isToday) askedToday.set(owner, (askedToday.get(owner) ?? 0) + 1);
    if (!isReviewDue(item, facts)) continue;
    const theirs = due.get(owner) ?? [];
    due.set(owner, theirs);
    theirs.push(item);
  }
  return [...due].flatMap(([owner, theirs]) =>
    theirs
      .toSorted((a, b) => a.updatedAt - b.updatedAt)
      .slice(0, Math.max(0, MOST_A_DAY - (askedToday.get(owner) ?? 0))),
  );
}
