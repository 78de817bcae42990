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
      return `${sentence(say.person(detail['by']))} asks for your item to be ${itemStateWords(detail['to'] as ItemState).toLowerCase()}, though open incidents name it`;
    default:
      return null;
  }
}
