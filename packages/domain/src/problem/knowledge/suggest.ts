/**
 * Which known errors and articles to hold beside a ticket (A3 row 6): by what it shares with them, and by the words
 * that a search of texts found. Only what is in use is suggested, and each suggestion says why.
 */
import type { Instant, ItemId, RecordId, ServiceId } from '../../shared/index.ts';
import { isDue, isInUse } from './known-error.ts';
import type { KnowledgeContent, KnownError } from './known-error.ts';

/** What of a ticket is looked at, as far as it is written. */
export interface AboutTicket {
  /** Beside its service, which has many troubles. */
  readonly items: readonly ItemId[];
  readonly service: ServiceId | null;
  readonly category: string | null;
  /** All its words: a code that programs say is found in them as it stands. */
  readonly text: string;
}

/** What a search of texts found: how well, from 0 to 1, and by which words. */
export interface TextHit {
  readonly score: number;
  readonly words: readonly string[];
}

export type SuggestedBecause =
  | { readonly kind: 'items'; readonly items: readonly ItemId[] }
  | { readonly kind: 'code'; readonly code: string }
  | { readonly kind: 'service'; readonly service: ServiceId }
  | { readonly kind: 'category'; readonly category: string }
  | { readonly kind: 'words'; readonly words: readonly string[] };

export interface Suggestion {
  readonly id: RecordId;
  readonly score: number;
  readonly why: readonly SuggestedBecause[];
  /** Nobody has looked whether it still holds: said, and ranked lower. */
  readonly isDue: boolean;
}

/** What of a known error is looked at. */
export type Suggestable = Pick<KnownError, 'id' | 'state' | 'published' | 'helped' | 'notHelped' | 'used'>;

export const MOST_SUGGESTIONS = 5;

const OF_AN_ITEM = 3;
const OF_THE_CODE = 4;
const OF_THE_SERVICE = 1;
const OF_THE_CATEGORY = 0.5;
const OF_WORDS = 3;
/** Shared words that by themselves are worth a look, as a share of the best that there could be. */
const FEWEST_WORDS_SCORE = 0.3;
const WHEN_DUE = 0.5;

/**
 * The best few, best first; of equals, what helped more people.
 *
 * @param hits What the search of texts found, by record
 * @param without What was put aside for this ticket, or is on it already
 * @param stayingOf Which item stands for one that was joined into another, as far as whoever asks knows
 */
export function suggestionsFor(
  about: AboutTicket,
  known: Iterable<Suggestable>,
  hits: ReadonlyMap<RecordId, TextHit>,
  without: ReadonlySet<RecordId>,
  now: Instant,
  stayingOf: (item: ItemId) => ItemId = (item) => item,
): readonly Suggestion[] {
  const items = new Set(about.items.map(stayingOf));
  const found: (Suggestion & { readonly liked: number })[] = [];
  for (const it of known) {
    if (!isInUse(it) || it.published === null || without.has(it.id)) continue;
    const { content } = it.published;
    const shared = [...new Set(content.items.map(stayingOf))].filter((item) => items.has(item));
    const why = reasonsFor(about, content, shared, hits.get(it.id));
    if (!why.some(isEnough(about, content))) continue;
    const weight = why.reduce((sum, each) => sum + weightOf(each, hits.get(it.id)), 0);
    const due = isDue(it, now);
    const score = due ? weight * WHEN_DUE : weight;
    found.push({ id: it.id, score, why, isDue: due, liked: it.helped - it.notHelped + it.used });
  }
  return found
    .toSorted((a, b) => b.score - a.score || b.liked - a.liked || (a.id < b.id ? -1 : 1))
    .slice(0, MOST_SUGGESTIONS)
    .map(({ id, score, why, isDue: due }) => ({ id, score, why, isDue: due }));
}

function reasonsFor(
  { service, category, text }: Omit<AboutTicket, 'items'>,
  content: KnowledgeContent,
  shared: readonly ItemId[],
  hit: TextHit | undefined,
): readonly SuggestedBecause[] {
  const { errorCode } = content;
  const saysCode = errorCode !== '' && saysWhole(text.toLowerCase(), errorCode.toLowerCase());
  return [
    ...(shared.length > 0 ? [{ kind: 'items' as const, items: shared }] : []),
    ...(saysCode ? [{ kind: 'code' as const, code: errorCode }] : []),
    ...(isOfService(service, content) ? [{ kind: 'service' as const, service }] : []),
    ...(category !== null && category === content.category ? [{ kind: 'category' as const, category }] : []),
    ...(hit !== undefined && hit.score >= FEWEST_WORDS_SCORE
      ? [{ kind: 'words' as const, words: hit.words }]
      : []),
  ];
}

/** Whether a text says something by itself, and not as part of a longer word or number. */
function saysWhole(text: string, sought: string): boolean {
  for (let at = text.indexOf(sought); at !== -1; at = text.indexOf(sought, at + 1)) {
    const end = at + sought.length;
    // two units are a whole character, also of those that are written with two
    const isPart =
      goesOn(text.slice(Math.max(0, at - 2), at), sought) || goesOn(sought, text.slice(end, end + 2));
    if (!isPart) return true;
  }
  return false;
}

function goesOn(before: string, after: string): boolean {
  return /[\p{L}\p{N}]$/u.test(before) && /^[\p{L}\p{N}]/u.test(after);
}

/** The service that it is of, or one that it happens on. */
function isOfService(service: ServiceId | null, content: KnowledgeContent): service is ServiceId {
  return service !== null && (service === content.service || content.items.includes(service));
}

/** A service alone has many troubles: it is a reason with its category, or with words. */
function isEnough({ service, category }: AboutTicket, content: KnowledgeContent) {
  const sameKind = isOfService(service, content) && category === content.category;
  return ({ kind }: SuggestedBecause): boolean =>
    kind === 'items' || kind === 'code' || kind === 'words' || (kind === 'category' && sameKind);
}

function weightOf(why: SuggestedBecause, hit: TextHit | undefined): number {
  switch (why.kind) {
    case 'items':
      return OF_AN_ITEM * Math.min(2, why.items.length);
    case 'code':
      return OF_THE_CODE;
    case 'service':
      return OF_THE_SERVICE;
    case 'category':
      return OF_THE_CATEGORY;
    case 'words':
      return OF_WORDS * (hit?.score ?? 0);
  }
}
