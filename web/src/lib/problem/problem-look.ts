import type { ProblemRow } from '#lib/live/problem/live-problems.ts';
import type { RecordLook } from '#lib/ui/RecordRows.svelte';
import { PROBLEM_LOOKS } from '#lib/wording/problem-looks.ts';
import { PROBLEM_STATE_WORDS } from '#lib/wording/problem-words.ts';

/** A problem as other records show it that it is linked to. */
export function problemLook({ id, number, token, title, state }: ProblemRow): RecordLook {
  return {
    ...{ id, href: `/problem/${id}`, name: `${number ?? token} ${title}` },
    pill: { label: PROBLEM_STATE_WORDS[state], ...PROBLEM_LOOKS[state] },
  };
}
