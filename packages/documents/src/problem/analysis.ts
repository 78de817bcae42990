/**
 * The drawings of an analysis in the room of a problem: why it happened, asked again and again as a tree, and what may
 * have had a part in it, as an Ishikawa diagram. Each is made of thoughts that name the one they hang on. A thought is
 * a thing of its own at the end of a list, so that people who add some apart, offline too, lose none; its words are
 * written together.
 */
import type * as Y from 'yjs';
import { isNonconforming } from '../nonconforming.ts';
import type { Nonconforming } from '../nonconforming.ts';
import { seenIds } from '../timeline/marks.ts';
import type { Mark } from '../timeline/marks.ts';
import { pushMark, pushThing, writtenList } from '../timeline/written-list.ts';
import { decodeThought, thoughtHead, thoughtMark } from './thought.ts';
import type { Drawing, Thought, ThoughtFacts, ThoughtHead } from './thought.ts';

export interface NewThought extends ThoughtHead {
  readonly text: string;
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
