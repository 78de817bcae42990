/**
 * A thought of a drawing as the room stores it, and its words: apart from the drawings, because whoever reads all words
 * of a room needs no more of them.
 */
import type { Instant, PersonId } from '@muster/domain/shared';
import { flag, flat, id, oneOf, optional, whole } from '../codec.ts';
import { isNonconforming, versioned } from '../nonconforming.ts';
import type { Nonconforming } from '../nonconforming.ts';
import { decodeMarks, factOf, marksOf } from '../timeline/marks.ts';
import type { Mark } from '../timeline/marks.ts';
import { storedThing } from '../timeline/written-list.ts';

export const DRAWINGS = ['why', 'fishbone'] as const;
export type Drawing = (typeof DRAWINGS)[number];

/** The bones of the Ishikawa diagram. The set grows at its end. */
export const BONES = ['people', 'process', 'technology', 'supplier', 'measurement', 'environment'] as const;
export type Bone = (typeof BONES)[number];

export interface ThoughtHead {
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

export function decodeThought(path: string, value: unknown): Read | Nonconforming {
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
