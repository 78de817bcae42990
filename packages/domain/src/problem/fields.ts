/** Whether the fields of a problem are fit. */
import { ok } from '../shared/index.ts';
import type { Directory, Level, Result } from '../shared/index.ts';
import { MAX_NOTE, MAX_TITLE, cleanText } from '../shared/ticket/text.ts';
import { canTakePart, no } from './case.ts';
import type { ProblemFacts } from './facts.ts';
import { ORIGIN_KINDS } from './problem.ts';
import type { Origin, ProblemFields } from './problem.ts';
import type { ProblemRefusal } from './refusals.ts';

export const MAX_ITEMS = 100;

export type Checked<Value> = Result<Value, ProblemRefusal>;

/** Fields as they are kept: trimmed, each item once. */
export function cleanFields<Fields extends Partial<ProblemFields>>(
  fields: Fields,
  directory: Pick<Directory, 'people' | 'services' | 'teams'>,
  { hasItem }: Pick<ProblemFacts, 'hasItem'>,
): Checked<Fields> {
  const { title, service, items, team, owner } = fields;
  const cleaned: Partial<ProblemFields> = { ...fields };
  if (title !== undefined) {
    const text = cleanText(title, MAX_TITLE);
    if (text === null)
      return title.trim() === '' ? no('missing-field', { field: 'title' }) : unfit('title', title.length);
    Object.assign(cleaned, { title: text });
  }
  for (const field of ['workaround', 'fix'] as const) {
    const text = fields[field]?.trim();
    if (text === undefined) continue;
    if (text.length > MAX_NOTE) return unfit(field, text.length);
    Object.assign(cleaned, { [field]: text });
  }
  for (const field of ['impact', 'urgency'] as const) {
    const level = fields[field];
    if (level !== undefined && !isLevel(level)) return unfit(field, level);
  }
  if (service != null && !directory.services.has(service)) return no('unknown-service', { service });
  if (team != null && !directory.teams.has(team)) return no('unknown-team', { team });
  if (owner != null && !canTakePart(directory, owner)) return no('unknown-person', { person: owner });
  if (items !== undefined) {
    const named = [...new Set(items)];
    if (named.length > MAX_ITEMS) return no('too-many', { field: 'items', most: MAX_ITEMS });
    const unknown = named.find((item) => !hasItem(item));
    if (unknown !== undefined) return no('unknown-item', { item: unknown });
    Object.assign(cleaned, { items: named });
  }
  return ok(cleaned as Fields);
}

export function cleanOrigin({ kind, incident, evidence }: Origin): Checked<Origin> {
  if (!ORIGIN_KINDS.includes(kind)) return unfit('origin', kind);
  const words = evidence.trim();
  if (words.length > MAX_NOTE) return unfit('evidence', words.length);
  if (kind === 'incident' && incident === null) return no('missing-field', { field: 'incident' });
  if (kind === 'trend' && words === '') return no('missing-field', { field: 'evidence' });
  return ok({ kind, incident, evidence: words });
}

/** Words that stand in the record: trimmed, and there. */
export function cleanWords(field: string, given: string | undefined): Checked<string> {
  const text = given?.trim() ?? '';
  if (text === '') return no('missing-field', { field });
  return text.length > MAX_NOTE ? unfit(field, text.length) : ok(text);
}

function isLevel(level: number): level is Level {
  return level === 1 || level === 2 || level === 3;
}

export function unfit(field: string, value: unknown): Checked<never> {
  return no('invalid-value', { field, value });
}
