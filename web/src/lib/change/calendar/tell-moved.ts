import type { Muster } from '#lib/live/muster.ts';
import { sayWith } from '#lib/shell/say.svelte.ts';
import { showToast } from '#lib/ui/toast.ts';
import { changeRefusalWords } from '#lib/wording/change-refusals.ts';
import { conflictTitle } from '../conflict-words.ts';
import type { ConflictNames } from '../conflict-words.ts';
import type { Moved } from './calendar.svelte.ts';

/** Says where a change went and how to take that back, or why it did not go, at once or once the server has answered. */
export async function tellMoved({ move, sent, undo }: Moved, names: ConflictNames, muster: Muster) {
  const kept = await sent.kept;
  if (kept !== 'kept') {
    tellRefused(kept, muster);
    if (kept.outcome === 'refused') return;
  }
  showToast(`Moved to ${names.stretch(move.begins, move.ends)}`, {
    undo: () => void undo(),
    ...(move.conflicts.length > 0 && { detail: move.conflicts.map(conflictTitle).join(', ') }),
  });
  tellRefused(await sent.settled, muster);
}

function tellRefused(outcome: Awaited<Moved['sent']['settled']>, muster: Muster) {
  if (outcome.outcome !== 'refused') return;
  showToast('It was not moved', {
    detail: changeRefusalWords(outcome.refusal, sayWith(muster)),
    tone: 'danger',
  });
}
