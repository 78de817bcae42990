import type { Drawing } from '@muster/documents/problem';
import type { LiveAnalysis } from '#lib/live/problem/live-problems.ts';
import { showToast } from '#lib/ui/toast.ts';
import type { HeldLines } from './held-lines.svelte.ts';
import { findBranch, writtenBranches } from './written-branches.ts';

interface Where {
  readonly analysis: LiveAnalysis;
  readonly drawing: Drawing;
  readonly held: HeldLines;
  readonly focus: (id: string) => Promise<void>;
}

/** Says that a line which was left empty is gone, and takes that back. */
export function sayLeft({ analysis, drawing, held, focus }: Where, id: string, before: string): void {
  const line = findBranch(analysis.trees(drawing), id);
  if (line === undefined || writtenBranches([line]).length > 0) return;
  const words = before === '' ? 'An empty line' : `“${before}”`;
  showToast(`${words} was taken away`, {
    undo: () => {
      held.take(id, '');
      if (before !== '') analysis.write(id, before);
      void focus(id);
    },
  });
}
