/** What was thought about a problem of the demonstration: five whys as a tree, and an Ishikawa diagram. */
import type { Bone, NewThought } from '@muster/documents/problem';
import type { PersonId } from '@muster/domain/shared';
import { stableId } from '../../import/stable-id.ts';

/** A thought and those that hang on it. */
export interface Why {
  readonly why: string;
  readonly because?: readonly Why[];
}

export interface Thoughts {
  readonly whys: readonly Why[];
  readonly bones: Readonly<Partial<Record<Bone, readonly string[]>>>;
}

const MINUTE = 60_000;

/** In the order in which they were written, a minute each. */
export function thoughtsOf(
  { whys, bones }: Thoughts,
  { key, by, from }: { readonly key: string; readonly by: PersonId; readonly from: number },
): readonly NewThought[] {
  const written: NewThought[] = [];
  const think = (text: string, on: Pick<NewThought, 'drawing' | 'parent' | 'bone'>): string => {
    const id = stableId('demo', 'thought', `${key}-${written.length}`);
    written.push({ id, writtenAt: from + written.length * MINUTE, by, text, ...on });
    return id;
  };
  const ask = ({ why, because = [] }: Why, parent: string | null): void => {
    const id = think(why, { drawing: 'why', parent, bone: null });
    for (const each of because) ask(each, id);
  };
  for (const why of whys) ask(why, null);
  for (const [bone, texts] of Object.entries(bones) as [Bone, readonly string[]][])
    for (const text of texts) think(text, { drawing: 'fishbone', parent: null, bone });
  return written;
}
