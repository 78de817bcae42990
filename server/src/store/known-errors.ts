/** Known errors and articles as they are kept. The commands `known-error.<verb>` write them. */
import { proseText } from '@muster/documents';
import type { ProseNode } from '@muster/documents';
import { helpOf } from '@muster/documents/knowledge';
import type { HelpRow } from '@muster/documents/knowledge';
import { isForEverybody, isInUse, knowledgeDueAt } from '@muster/domain/problem';
import type { KnowledgeContent, KnowledgeEventOf, KnownError } from '@muster/domain/problem';
import { recordId } from '@muster/domain/shared';
import type { RecordId } from '@muster/domain/shared';
import type { Kysely, Selectable } from 'kysely';
import type { KnownErrorTable, KnownErrorTextTable, KnownErrorVersionTable } from './schema-known-errors.ts';
import type { Database } from './schema.ts';

export function knownErrorOf({ data }: { readonly data: string }): KnownError {
  return JSON.parse(data) as KnownError;
}

/** How long what is superseded or retired stays on the board; it leaves with the board's next epoch. */
export const KNOWLEDGE_STAYS_MS = 90 * 24 * 60 * 60 * 1000;

export type KnownErrorColumns = Omit<Selectable<KnownErrorTable>, 'key' | 'id' | 'live'>;

/** The columns that lists and the clock need, of the whole in `data`. */
export function knownErrorColumns(it: KnownError): KnownErrorColumns {
  const { version, kind, state, draft, service, category, problem, title, updatedAt } = it;
  return {
    ...{ version, kind, state, draft, service, category, problem, title },
    audience: isInUse(it) ? (it.published?.content.audience ?? null) : null,
    updated_at: updatedAt,
    due_at: knowledgeDueAt(it),
    data: JSON.stringify(it),
  };
}

export type KnowledgeWords = Omit<Selectable<KnownErrorTextTable>, 'rowid'>;

/** The words that the staff finds it by: its draft, and the text that was published last. */
export function wordsOfKnownError(it: KnownError, body: string): KnowledgeWords {
  return wordsOf(it, body);
}

/** The words that everybody finds it by; null for what they may not read. */
export function wordsOfHelp(it: KnownError, body: string): KnowledgeWords | null {
  return isForEverybody(it) && it.published !== null ? wordsOf(it.published.content, body) : null;
}

function wordsOf(content: KnowledgeContent, body: string): KnowledgeWords {
  const { title, symptom, workaround, cause, errorCode, words } = content;
  const told = [symptom, workaround, cause, errorCode, ...words].filter((each) => each !== '').join('\n');
  return { title, told, body };
}

/** A version as it was published. */
export interface KnowledgeVersion {
  readonly number: number;
  readonly at: number;
  readonly by: string;
  readonly content: KnowledgeContent;
  readonly body: readonly ProseNode[];
}

export function versionOf({
  number,
  at,
  by,
  data,
}: Omit<Selectable<KnownErrorVersionTable>, 'known_error'>): KnowledgeVersion {
  const { content, body } = JSON.parse(data) as KnowledgeEventOf<'published'>;
  return { number, at, by, content, body: body as readonly ProseNode[] };
}

/** Every version of one, the newest first. */
export async function readVersions(db: Kysely<Database>, id: RecordId): Promise<readonly KnowledgeVersion[]> {
  const rows = await db
    .selectFrom('known_error_version')
    .select(['number', 'at', 'by', 'data'])
    .where('known_error', '=', id)
    .orderBy('number', 'desc')
    .execute();
  return rows.map(versionOf);
}

/** What everybody sees of one, with the text of the version that is published; null for nothing. */
export function helpShown(it: KnownError, version: KnowledgeVersion | undefined): HelpRow | null {
  return helpOf(it, version?.body ?? []);
}

/** The words of a version's text. */
export function bodyWords(version: KnowledgeVersion | undefined): string {
  return version === undefined ? '' : proseText(version.body);
}

/** Those whose time is over and whose owners were not told. */
export async function knowledgeDue(
  db: Kysely<Database>,
  now: number,
  most: number,
): Promise<readonly { readonly id: RecordId; readonly version: number; readonly dueAt: number }[]> {
  const rows = await db
    .selectFrom('known_error')
    .select(['id', 'version', 'due_at'])
    .where('due_at', '<=', now)
    .orderBy('due_at')
    .limit(most)
    .execute();
  return rows.map(({ id, version, due_at }) => ({ id: recordId(id), version, dueAt: due_at ?? now }));
}
