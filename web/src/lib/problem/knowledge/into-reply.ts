/** A draft with a workaround after what is written already: nothing of it is lost, and nothing comes twice. */
export function withWorkaround(draft: string, workaround: string): string {
  if (draft.includes(workaround)) return draft;
  return draft.trim() === '' ? workaround : `${draft.trimEnd()}\n\n${workaround}`;
}
