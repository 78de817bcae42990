/** The first of what else a search finds: problems and configuration items. The rest of them is listed by their kind. */
import { canReadConfiguration } from '@muster/domain/configuration';
import type { ConfigurationItem } from '@muster/domain/configuration';
import { canReadProblems } from '@muster/domain/problem';
import type { Problem } from '@muster/domain/problem';
import type { Actor } from '@muster/domain/shared';
import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Database } from '../schema.ts';
import { listItems, readItem } from './configuration.ts';
import { listProblems, readProblem } from './problems.ts';
import { excerptOf, wordsOf } from './words.ts';

export interface Found<Thing> {
  readonly record: Thing;
  /** Plain text around what was found. */
  readonly excerpt: string;
}

/** Where an excerpt is looked for. */
const WITHIN_CHARACTERS = 20_000;

/** Problems by number, or by words of their fields, causes, tasks and rooms; none for whoever may not read them. */
export async function searchProblems(
  db: Kysely<Database>,
  actor: Actor,
  text: string,
  limit: number,
): Promise<readonly Found<Problem>[]> {
  const words = wordsOf(text);
  if (words.length === 0 || !canReadProblems(actor)) return [];
  const named = await readProblem(db, actor, text.trim());
  const listed = await listProblems(db, actor, { q: text }, null, limit);
  const found = firstOf(
    named?.problem,
    listed.items.map(({ record }) => record),
  ).slice(0, limit);
  if (found.length === 0) return [];
  const said = await db
    .selectFrom('problem')
    .innerJoin('problem_text', 'problem_text.rowid', 'problem.key')
    .select([
      'problem.id',
      sql<string>`substr(problem_text.told, 1, ${WITHIN_CHARACTERS})`.as('told'),
      sql<string>`substr(problem_text.room, 1, ${WITHIN_CHARACTERS})`.as('room'),
    ])
    .where(
      'problem.id',
      'in',
      found.map(({ id }) => id),
    )
    .execute();
  const texts = new Map(said.map(({ id, told, room }) => [id, [told, room]]));
  return found.map((record) => ({ record, excerpt: excerptOf(texts.get(record.id) ?? [], words) }));
}

/** Items by number, name or what their attributes say; none for whoever may not read the configuration. */
export async function searchItems(
  db: Kysely<Database>,
  actor: Actor,
  text: string,
  limit: number,
): Promise<readonly Found<ConfigurationItem>[]> {
  if (text.trim() === '' || !canReadConfiguration(actor)) return [];
  const named = await readItem(db, actor, text.trim());
  const listed = await listItems(db, actor, { q: text }, null, limit);
  return firstOf<ConfigurationItem>(
    named?.item,
    listed.items.map(({ record }) => record),
  )
    .slice(0, limit)
    .map((record) => ({
      record,
      excerpt: excerptOf([Object.values(record.attributes).join(', ')], wordsOf(text)),
    }));
}

/** The one that was named comes first, and once. */
function firstOf<Thing extends { readonly id: string }>(
  named: Thing | undefined,
  listed: readonly Thing[],
): readonly Thing[] {
  return named === undefined ? listed : [named, ...listed.filter(({ id }) => id !== named.id)];
}
