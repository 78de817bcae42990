/** What became of the configuration between two moments (A5 row 9): of items, part by part, and of relations. */
import type { Instant, ItemId } from '../../shared/index.ts';
import type { AttributeValue } from '../class/attribute-value.ts';
import type { ConfigurationItem } from '../item/item.ts';
import { isRetired } from '../item/lifecycle.ts';

const PLAIN = ['class', 'name', 'state', 'owner', 'team', 'criticality', 'sameAs'] as const;

/** One thing that an item says, and what it said; null for nothing. */
export interface PartDifference {
  readonly part: (typeof PLAIN)[number] | 'attribute' | 'redundancy';
  /** Id of the attribute, or of the type of relation whose redundancy it is. */
  readonly of?: string;
  readonly from: AttributeValue | null;
  readonly to: AttributeValue | null;
}

export interface ItemDifference {
  readonly item: ItemId;
  /** Retired is gone, though it is still known; taken back from there is added. */
  readonly kind: 'added' | 'gone' | 'changed';
  /** These as they are at the later moment named, or were when it is not there. */
  readonly number: string | null;
  readonly name: string;
  readonly class: string;
  readonly parts: readonly PartDifference[];
}

/** A relation with the time for which it stood: from `since` on, up to `until`. */
export interface RelationSpan {
  readonly type: string;
  readonly from: ItemId;
  readonly to: ItemId;
  readonly since: Instant;
  readonly until: Instant | null;
}

export interface RelationDifference {
  readonly kind: 'added' | 'removed';
  readonly type: string;
  readonly from: ItemId;
  readonly to: ItemId;
}

/**
 * What became of an item; null when it says the same at both moments, or was retired or unknown at both: one that was
 * made and retired between them is neither added nor gone.
 */
export function differenceOfItem(
  before: ConfigurationItem | null,
  after: ConfigurationItem | null,
): ItemDifference | null {
  const named = after ?? before;
  const isUnknown = before === null || after === null;
  if (named === null || (isUnknown && !isHere(before) && !isHere(after))) return null;
  const parts = partsBetween(before, after);
  const kind = kindOf(before, after);
  if (parts.length === 0) return null;
  return { item: named.id, kind, number: named.number, name: named.name, class: named.class, parts };
}

function kindOf(before: ConfigurationItem | null, after: ConfigurationItem | null): ItemDifference['kind'] {
  const [was, is] = [isHere(before), isHere(after)];
  if (was !== is) return is ? 'added' : 'gone';
  return 'changed';
}

function isHere(item: ConfigurationItem | null): boolean {
  return item !== null && !isRetired(item.state);
}

function partsBetween(
  before: ConfigurationItem | null,
  after: ConfigurationItem | null,
): readonly PartDifference[] {
  const plain = PLAIN.map((part) => ({ part, from: before?.[part] ?? null, to: after?.[part] ?? null }));
  return [
    ...plain.filter(({ from, to }) => from !== to),
    ...valuesBetween('attribute', before?.attributes ?? {}, after?.attributes ?? {}),
    ...valuesBetween('redundancy', neededBy(before), neededBy(after)),
  ];
}

function valuesBetween(
  part: PartDifference['part'],
  before: Readonly<Record<string, AttributeValue>>,
  after: Readonly<Record<string, AttributeValue>>,
): readonly PartDifference[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .toSorted()
    .map((of) => ({ part, of, from: before[of] ?? null, to: after[of] ?? null }))
    .filter(({ from, to }) => from !== to);
}

/** How much must stand, by type of relation, as it is read: `2`, or `50 %`. */
function neededBy(item: ConfigurationItem | null): Readonly<Record<string, AttributeValue>> {
  return Object.fromEntries(
    (item?.redundancy ?? []).map(({ relation, by, minimum }) => [
      relation,
      by === 'count' ? minimum : `${minimum} %`,
    ]),
  );
}

/** Relations that stood at one of two moments alone. One removed and made anew in the same way is no difference. */
export function differencesOfRelations(
  spans: Iterable<RelationSpan>,
  from: Instant,
  to: Instant,
): readonly RelationDifference[] {
  const [before, after] = [new Map<string, RelationSpan>(), new Map<string, RelationSpan>()];
  for (const span of spans) {
    const key = JSON.stringify([span.type, span.from, span.to]);
    if (stoodAt(span, from)) before.set(key, span);
    if (stoodAt(span, to)) after.set(key, span);
  }
  return [...standingIn(after, before, 'added'), ...standingIn(before, after, 'removed')];
}

export function stoodAt({ since, until }: Pick<RelationSpan, 'since' | 'until'>, at: Instant): boolean {
  return since <= at && (until === null || until > at);
}

function standingIn(
  these: ReadonlyMap<string, RelationSpan>,
  those: ReadonlyMap<string, RelationSpan>,
  kind: RelationDifference['kind'],
): readonly RelationDifference[] {
  return [...these]
    .filter(([key]) => !those.has(key))
    .map(([, { type, from, to }]) => ({ kind, type, from, to }));
}
