import type { Origin, ProblemAct, ProblemFields } from '@muster/domain/problem';
import type { RecordId } from '@muster/domain/shared';
import type { Muster } from '#lib/live/muster.ts';
import type { LiveProblems } from '#lib/live/problem/live-problems.ts';
import { sayWith } from '#lib/shell/say.svelte.ts';
import { problemRefusalWords } from '#lib/wording/problem-words.ts';

/** What a new problem begins with beside what its form says. */
export interface Beginning {
  readonly origin: Origin;
  /** Linked from the beginning, beside that of its origin. */
  readonly incidents?: readonly RecordId[];
  /** The change that it is about, linked once the problem is there. */
  readonly change?: RecordId;
  /** Where to go once it is there. */
  readonly onopened: (id: RecordId) => void;
}

/** Opens a problem. Why it is refused, in words; null when it is on its way. */
export async function openNew(
  muster: Muster,
  problems: LiveProblems | null,
  fields: ProblemFields,
  { origin, incidents = [], change, onopened }: Beginning,
): Promise<string | null> {
  if (problems === null) return 'The problems are not here yet. Try again in a moment.';
  const id = problems.newId();
  const create: ProblemAct = { verb: 'create', fields, origin, incidents };
  const kept = await problems.run(id, create).kept;
  if (kept !== 'kept' && kept.outcome === 'refused')
    return problemRefusalWords(kept.refusal, sayWith(muster));
  if (change !== undefined) problems.run(id, { verb: 'link-change', change });
  onopened(id);
  return null;
}
