import type { Muster } from '#lib/live/muster.ts';
import { saveFile } from '#lib/ui/save-file.ts';
import { sayWith } from './say.svelte.ts';
import { unsavedFile } from './unsaved-file.ts';

/** Hands what the server has not taken to the browser as a file; needs no network and no storage. */
export function saveUnsaved(muster: Muster): void {
  const at = Date.now();
  const text = unsavedFile(muster.saving.unsaved(), {
    name: muster.me.person.name,
    at,
    say: sayWith(muster),
  });
  const stamp = new Date(at).toISOString().slice(0, 16).replace(':', '-');
  saveFile(`not-saved-${stamp}.md`, 'text/markdown', text);
}
