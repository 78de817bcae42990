/** Whether the fields of a change are fit, as they are kept. */
import { ok } from '../shared/index.ts';
import type { PersonId, Result, TeamId } from '../shared/index.ts';
import { MAX_TITLE, cleanText } from '../shared/ticket/text.ts';
import { no } from './case.ts';
import type { ChangeFields } from './change.ts';
import type { ChangeContext } from './facts.ts';
import type { ContentKind } from './model/model.ts';
import type { ChangeRefusal } from './refusals.ts';

export const MAX_ITEMS = 1_000;

/** Fields trimmed, each item once; what is retired may stay and is not named anew. The window is looked at whole: give what stands beside what is edited. */
export function cleanFields<Fields extends Partial<ChangeFields>>(
  fields: Fields,
  standing: Pick<ChangeFields, 'items' | 'begins' | 'ends'>,
  { facts }: Pick<ChangeContext, 'facts'>,
): Result<Fields, ChangeRefusal> {
  const cleaned: Partial<ChangeFields> = { ...fields };
  if (fields.title !== undefined) {
    const title = cleanText(fields.title, MAX_TITLE);
    if (title === null && fields.title.trim() === '') return no('missing-field', { field: 'title' });
    if (title === null) return no('invalid-value', { field: 'title', value: fields.title.length });
    Object.assign(cleaned, { title });
  }
  if (fields.items !== undefined) {
    const items = [...new Set(fields.items)];
    if (items.length > MAX_ITEMS) return no('invalid-value', { field: 'items', value: items.length });
    const unknown = items.find((item) => !facts.dependencies.isKnown(item));
    if (unknown !== undefined) return no('unknown-item', { item: unknown });
    const retired = items.find(
      (item) => facts.dependencies.isRetired(item) && !standing.items.includes(item),
    );
    if (retired !== undefined) return no('item-retired', { item: retired });
    Object.assign(cleaned, { items });
  }
  for (const field of ['begins', 'ends'] as const) {
    const at = fields[field];
    if (at !== undefined && at !== null && !(Number.isSafeInteger(at) && at >= 0))
      return no('invalid-value', { field, value: at });
  }
  const { begins, ends } = { ...standing, ...fields };
  if (begins !== null && ends !== null && ends <= begins) return no('window-ends-first', { begins, ends });
  return ok(cleaned as Fields);
}

/** Which kinds of content these fields belong to. */
export function kindsOf(fields: Partial<ChangeFields>): readonly ContentKind[] {
  const kinds = new Set<ContentKind>();
  if (fields.items !== undefined) kinds.add('items');
  if (fields.begins !== undefined || fields.ends !== undefined) kinds.add('window');
  if (fields.outage !== undefined) kinds.add('outage');
  return [...kinds];
}

/** Fields that say something else than what stands. */
export function changedFields(standing: ChangeFields, fields: Partial<ChangeFields>): Partial<ChangeFields> {
  return Object.fromEntries(
    Object.entries(fields).filter(
      ([field, value]) => JSON.stringify(value) !== JSON.stringify(standing[field as keyof ChangeFields]),
    ),
  );
}

/** Whether these people can be given a change; null when they can. */
export function faultOfAssignment(
  { team, owner }: { readonly team: TeamId | null; readonly owner: PersonId | null },
  { directory }: Pick<ChangeContext, 'directory'>,
): ReturnType<typeof no> | null {
  if (team !== null && !directory.teams.has(team)) return no('unknown-team', { team });
  if (owner !== null && directory.people.get(owner)?.active !== true)
    return no('unknown-person', { person: owner });
  return null;
}
