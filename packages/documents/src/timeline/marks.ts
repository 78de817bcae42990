/**
 * Facts of a written thing that change after it was made: a time set right, a tick, a thing hidden. They are not
 * fields that the last writer wins, because Yjs decides that by client id, and a stale edit made offline would beat
 * newer ones. Each change is a mark at the end of a list instead. A mark names those that its author saw and so
 * replaces; of marks that nobody replaced the reader decides, and can show the others.
 */
import type { Instant, PersonId } from '@muster/domain/shared';
import { flat, id, list, partial, whole } from '../codec.ts';
import type { Columns } from '../codec.ts';
import { isNonconforming, versioned } from '../nonconforming.ts';
import type { Nonconforming, VersionedCodec } from '../nonconforming.ts';

export interface Mark<Facts extends object> {
  readonly id: string;
  /** For display: who really wrote it is in the server's log. */
  readonly by: PersonId;
  readonly at: Instant;
  /** Ids of the marks that this one replaces. */
  readonly after: readonly string[];
  readonly set: Partial<Facts>;
}

export function marksOf<Facts extends object>(columns: Columns<Facts>): VersionedCodec<Mark<Facts>> {
  return versioned(
    1,
    flat<Mark<Facts>>({
      id: id<string>(),
      by: id<PersonId>(),
      at: whole,
      after: list(id<string>()),
      set: partial(columns),
    }),
  );
}

/** Marks in the order of the list, each id once, and those set aside. */
export function decodeMarks<Facts extends object>(
  codec: VersionedCodec<Mark<Facts>>,
  path: string,
  stored: readonly unknown[],
): { readonly marks: readonly Mark<Facts>[]; readonly nonconforming: readonly Nonconforming[] } {
  const marks = new Map<string, Mark<Facts>>();
  const nonconforming: Nonconforming[] = [];
  for (const [index, each] of stored.entries()) {
    const mark = codec.decode(`${path}.marks.${index}`, each);
    if (isNonconforming(mark)) nonconforming.push(mark);
    else if (!marks.has(mark.id)) marks.set(mark.id, mark);
  }
  return { marks: [...marks.values()], nonconforming };
}

/** Marks of one fact that no other mark of it replaces. Forged marks that replace each other in a ring all count. */
export function headsOf<Facts extends object>(
  marks: readonly Mark<Facts>[],
  fact: keyof Facts,
): readonly Mark<Facts>[] {
  const those = marks.filter(({ set }) => set[fact] !== undefined);
  const replaced = new Set(those.flatMap(({ id: own, after }) => after.filter((other) => other !== own)));
  const heads = those.filter((mark) => !replaced.has(mark.id));
  return heads.length > 0 ? heads : those;
}

/** The mark that decides a fact: the latest of its heads, unless `outranks` says that a mark goes before all others. */
export function decidingMark<Facts extends object>(
  heads: readonly Mark<Facts>[],
  outranks: (mark: Mark<Facts>) => boolean = () => false,
): Mark<Facts> | null {
  const strong = heads.filter(outranks);
  const [first = null, ...rest] = strong.length > 0 ? strong : heads;
  return rest.reduce((best, mark) => (best !== null && isLater(best, mark) ? best : mark), first);
}

function isLater(a: Mark<object>, b: Mark<object>): boolean {
  return a.at === b.at ? a.id > b.id : a.at > b.at;
}

/** The value of a fact, or what it was made with when no mark sets it. */
export function factOf<Facts extends object, Fact extends keyof Facts>(
  marks: readonly Mark<Facts>[],
  fact: Fact,
  made: Facts[Fact],
): Facts[Fact] {
  return decidingMark(headsOf(marks, fact))?.set[fact] ?? made;
}

/** Ids of the marks that a change of these facts replaces. */
export function seenIds<Facts extends object>(
  marks: readonly Mark<Facts>[],
  set: Partial<Facts>,
): readonly string[] {
  const facts = Object.keys(set) as (keyof Facts)[];
  return [...new Set(facts.flatMap((fact) => headsOf(marks, fact).map((head) => head.id)))];
}
