/**
 * The drawings of an analysis in the room of a problem: why it happened, asked again and again as a tree, and what may
 * have had a part in it, as an Ishikawa diagram. Each is made of thoughts that name the one they hang on. A thought is
 * a thing of its own at the end of a list, so that people who add some apart, offline too, lose none; its words are
 * written together.
 */
import type { Instant, PersonId } from '@muster/domain/shared';
import type * as Y from 'yjs';
import { flag, flat, id, oneOf, optional, whole } from '../codec.ts';
import { isNonconforming, versioned } from '../nonconforming.ts';
import type { Nonconforming } from '../nonconforming.ts';
import { decodeMarks, factOf, marksOf, seenIds } from '../timeline/marks.ts';
import type { Mark } from '../timeline/marks.ts';
import { pushMark, pushThing, storedThing, writtenList } from '../timeline/written-list.ts';

export const DRAWINGS = ['why', 'fishbone'] as const;
export type Drawing = (typeof DRAWINGS)[number];

/** The bones of the Ishikawa diagram. The set grows at its end. */
export const BONES = ['people', 'process', 'technology', 'supplier', 'measurement', 'environment'] as const;
export type Bone = (typeof BONES)[number];

interface ThoughtHead {
  readonly id: string;
  readonly writtenAt: Instant;
  readonly by: PersonId;
  readonly drawing: Drawing;
  /** The thought that it hangs on; null at the beginning of a tree or on the bone itself. */
  readonly parent: string | null;
  /** Of the Ishikawa diagram: the bone that it hangs on, where it hangs on no thought. */
  readonly bone: Bone | null;
}

export interface ThoughtFacts {
  readonly hidden: boolean;
}

export interface Thought extends ThoughtHead, ThoughtFacts {
  readonly text: string;
  /** Its place in the list of the room, for whoever writes in its words. */
  readonly at: number;
}

export interface NewThought extends ThoughtHead {
  readonly text: string;
}

export const thoughtHead = versioned(
  1,
  flat<ThoughtHead>({
    id: id<string>(),
    writtenAt: whole,
    by: id<PersonId>(),
    drawing: oneOf(DRAWINGS),
    parent: optional(id<string>()),
    bone: optional(oneOf(BONES)),
  }),
);

export const thoughtMark = marksOf<ThoughtFacts>({ hidden: flag });

interface Read {
  readonly thought: Omit<Thought, 'at'>;
  readonly marks: readonly Mark<ThoughtFacts>[];
}

function decodeThought(path: string, value: unknown): Read | Nonconforming {
  const stored = storedThing(value);
  if (stored === null) return { nonconforming: true, path, reason: 'expected a thought' };
  const head = thoughtHead.decode(`${path}.head`, stored.head);
  if (isNonconforming(head)) return head;
  const { marks } = decodeMarks(thoughtMark, path, stored.marks);
  return { thought: { ...head, text: stored.text, hidden: factOf(marks, 'hidden', false) }, marks };
}

/** What a living thought says, for search: nothing when it is hidden; null when it does not conform. */
export function thoughtWords(value: unknown): readonly string[] | null {
  const read = decodeThought('', value);
  if (isNonconforming(read)) return null;
  return read.thought.hidden ? [] : [read.thought.text];
}

/** Thoughts in the order in which they were written, each id once. */
export function readThoughtList(values: Iterable<unknown>): {
  readonly thoughts: readonly Thought[];
  readonly nonconforming: readonly Nonconforming[];
} {
  const thoughts = new Map<string, Thought>();
  const nonconforming: Nonconforming[] = [];
  let at = 0;
  for (const value of values) {
    const path = `analysis.${at}`;
    const read = decodeThought(path, value);
    if (isNonconforming(read)) nonconforming.push(read);
    else if (thoughts.has(read.thought.id))
      nonconforming.push({ nonconforming: true, path, reason: 'a thought of this id is there' });
    else thoughts.set(read.thought.id, { ...read.thought, at });
    at += 1;
  }
  const ordered = [...thoughts.values()].sort(
    (one, other) => one.writtenAt - other.writtenAt || (one.id < other.id ? -1 : 1),
  );
  return { thoughts: ordered, nonconforming };
}

export function readThoughts(doc: Y.Doc): ReturnType<typeof readThoughtList> {
  return readThoughtList(writtenList(doc, 'analysis').toArray());
}

export function addThought(doc: Y.Doc, { text, ...head }: NewThought, origin?: unknown): void {
  pushThing(doc, 'analysis', thoughtHead.encode(head), text, origin);
}

/** Changes facts of a living thought. */
export function changeThought(
  value: unknown,
  mark: Pick<Mark<ThoughtFacts>, 'id' | 'by' | 'at' | 'set'>,
  origin?: unknown,
): void {
  const read = decodeThought('', value);
  if (isNonconforming(read)) return;
  pushMark(value, thoughtMark.encode({ ...mark, after: seenIds(read.marks, mark.set) }), origin);
}

/** A thought with those that hang on it. */
export interface Branch extends Thought {
  readonly branches: readonly Branch[];
}

/**
 * The trees of a drawing, without what is hidden and what hangs on it. A thought whose parent is not there begins a
 * tree of its own; so does the first of a circle, which only a forgery makes.
 */
export function treesOf(thoughts: readonly Thought[], drawing: Drawing): readonly Branch[] {
  const those = thoughts.filter((each) => each.drawing === drawing);
  const known = new Map(those.map((each) => [each.id, each]));
  const children = Map.groupBy(those, ({ parent }) => parent);
  const placed = new Set<string>();
  const grow = (thought: Thought): Branch => {
    placed.add(thought.id);
    const next = (children.get(thought.id) ?? []).filter((each) => !placed.has(each.id));
    return { ...thought, branches: next.filter(isShown).map(grow) };
  };
  const roots = those.filter(({ parent }) => parent === null || !known.has(parent));
  const trees = roots.filter(isShown).map(grow);
  const isLost = (thought: Thought): boolean => !placed.has(thought.id) && inCircle(thought, known);
  for (const thought of those) if (isShown(thought) && isLost(thought)) trees.push(grow(thought));
  return trees;
}

function isShown({ hidden }: Thought): boolean {
  return !hidden;
}

function inCircle(start: Thought, known: ReadonlyMap<string, Thought>): boolean {
  const passed = new Set<string>();
  let at: Thought | undefined = start;
  while (at !== undefined && !at.hidden) {
    if (passed.has(at.id)) return true;
    passed.add(at.id);
    at = at.parent === null ? undefined : known.get(at.parent);
  }
  return false;
}
