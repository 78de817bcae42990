import type { Branch } from '@muster/documents/problem';
import type { LiveAnalysis } from '#lib/live/problem/live-problems.ts';
import { showToast } from '#lib/ui/toast.ts';

export function takeAway(analysis: Pick<LiveAnalysis, 'hide'>, { id, text, branches }: Branch): void {
  analysis.hide(id, true);
  const words = text.trim() === '' ? 'A line' : `“${text}”`;
  const more = branches.length === 0 ? '' : ' with what hangs on it';
  showToast(`${words} was taken away${more}`, { undo: () => analysis.hide(id, false) });
}
