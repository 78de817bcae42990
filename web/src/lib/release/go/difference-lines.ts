import type { ReadinessDifference } from '@muster/domain/release';
import { counted, releaseFieldWords } from '#lib/wording/releases.ts';
import type { SayRelease } from '#lib/wording/release-refusals.ts';

const NAMED = 3;

/** What is different between two readinesses, a line for each part that is. */
export function differenceLines(
  { plan, units, membersAdded, membersRemoved, membersMoved, phases, gates, steps }: ReadinessDifference,
  say: SayRelease,
): readonly string[] {
  const lines: string[] = [];
  if (plan.length > 0) lines.push(`${plan.map(releaseFieldWords).join(', ')} changed`);
  if (units.length > 0) lines.push(`${counted(units.length, 'unit')} changed`);
  if (membersAdded.length > 0) lines.push(`${few(membersAdded, say.record)} added`);
  if (membersRemoved.length > 0) lines.push(`${few(membersRemoved, say.record)} taken out`);
  if (membersMoved.length > 0)
    lines.push(`${few(membersMoved, say.record)} moved to another state or window`);
  if (phases.length > 0) lines.push(`${few(phases, say.phase)} stands otherwise`);
  if (gates.length > 0) lines.push(`${few(gates, say.gate)} stands otherwise`);
  if (steps.length > 0) lines.push(`${few(steps, say.step)} of the checklist changed`);
  return lines;
}

function few(ids: readonly string[], name: (id: unknown) => string): string {
  const rest = ids.length - NAMED;
  return [...ids.slice(0, NAMED).map((id) => name(id)), ...(rest > 0 ? [`${rest} more`] : [])].join(', ');
}
