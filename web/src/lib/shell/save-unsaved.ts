import type { Muster } from '#lib/live/muster.ts';
import { OnDemand } from '#lib/live/on-demand.ts';
import { saveFile } from '#lib/ui/save-file.ts';
import { sayWith } from './say.svelte.ts';
import { unsavedFile } from './unsaved-file.ts';

/** The words for acts: to be asked for as soon as something waits, so that the file waits for nothing. */
export const unsavedWords = new OnDemand(() => import('#lib/wording/acts.ts'));

/**
 * Hands what the server has not taken to the browser as a file; needs no network and no storage. It is made at once,
 * for the page may go next: where the words for acts are not here, acts are written down as they are.
 */
export function saveUnsaved(muster: Muster): void {
  const at = Date.now();
  const text = unsavedFile(muster.saving.unsaved(), {
    name: muster.me.person.name,
    at,
    say: sayWith(muster),
    intent: unsavedWords.part?.intentWords ?? null,
  });
  const stamp = new Date(at).toISOString().slice(0, 16).replace(':', '-');
  saveFile(`not-saved-${stamp}.md`, 'text/markdown', text);
}
