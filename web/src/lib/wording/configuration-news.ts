/** What people hear of configuration items, in one sentence; null for what is about something else. */
import { itemStateWords } from './configuration.ts';
import type { ItemState } from '@muster/domain/configuration';
import type { Say } from './say.ts';
import { sentence } from './say.ts';

export function itemNewsWords(
  kind: string,
  detail: Readonly<Record<string, unknown>>,
  say: Say,
): string | null {
  switch (kind) {
    case 'item-review':
      return detail['of'] === 'stale'
        ? `Is ${String(detail['name'])} still right? Nobody has changed or confirmed it since ${say.time(detail['since'])}`
        : `${String(detail['name'])} lacks something that is expected of it. Complete it, or confirm it as it is`;
    case 'retirement-asked':
      if (detail['late'] === true) return overtakenWords(detail, say);
      return `${sentence(say.person(detail['by']))} asks for your item to be ${itemStateWords(detail['to'] as ItemState).toLowerCase()}, though open incidents name it`;
    default:
      return null;
  }
}

/** A retirement that came before an incident which was written earlier. */
function overtakenWords({ by, name, asked, stays, to }: Readonly<Record<string, unknown>>, say: Say): string {
  const state = itemStateWords(to as ItemState).toLowerCase();
  const why = 'an open incident that was written before names it';
  if (stays === true) return `${String(name)} is ${state}, though ${why}`;
  return asked === true
    ? `Is ${String(name)} to be ${state}? ${sentence(say.person(by))} did it, and ${why}`
    : `${String(name)} is not ${state} yet: ${why}, so who answers for it decides`;
}
