/** Webhooks as SQL keeps them, for administrators. */
import type { PersonId, WebhookKind } from '@muster/domain/shared';
import type { Kysely, Selectable } from 'kysely';
import { ulid } from 'ulid';
import { newSecret } from '../../access/tokens.ts';
import type { WebhookTable } from '../../store/schema-webhooks.ts';
import type { Database } from '../../store/schema.ts';
import type { Store } from '../../store/store.ts';

export interface Webhook {
  readonly id: string;
  readonly name: string;
  readonly url: string;
  readonly kinds: readonly WebhookKind[];
  readonly enabled: boolean;
  readonly madeAt: number;
  readonly secretMadeAt: number;
  /** The first failure since it took something; null while it takes what is sent. */
  readonly failingSince: number | null;
  /** When it was switched off by itself. */
  readonly givenUpAt: number | null;
}

export type WebhookFields = Pick<Webhook, 'name' | 'url' | 'kinds' | 'enabled'>;

/** How secrets begin, so that one that was left lying about is recognised. */
const SECRET_PREFIX = 'mwhs_';

/** Makes a webhook; its secret is shown this once. */
export async function makeWebhook(
  db: Kysely<Database>,
  { name, url, kinds, enabled }: WebhookFields,
  by: PersonId,
  now: number,
): Promise<{ readonly webhook: Webhook; readonly secret: string }> {
  const row = await db
    .insertInto('webhook')
    .values({
      id: ulid(now),
      name,
      url,
      ...secretColumns(now),
      kinds: JSON.stringify(kinds),
      enabled: enabled ? 1 : 0,
      made_by: by,
      made_at: now,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  return { webhook: webhookOf(row), secret: row.secret };
}

export async function listWebhooks(db: Kysely<Database>): Promise<readonly Webhook[]> {
  const rows = await db.selectFrom('webhook').selectAll().orderBy('name').orderBy('id').execute();
  return rows.map(webhookOf);
}

export async function findWebhook(
  db: Kysely<Database>,
  id: string,
): Promise<Selectable<WebhookTable> | null> {
  return (await db.selectFrom('webhook').selectAll().where('id', '=', id).executeTakeFirst()) ?? null;
}

/** False when there is no such webhook. One that is switched on again begins anew. */
export async function updateWebhook(
  db: Kysely<Database>,
  id: string,
  {
    name,
    url,
    kinds,
    enabled,
  }: { readonly [Field in keyof WebhookFields]?: WebhookFields[Field] | undefined },
): Promise<boolean> {
  const set = {
    ...(name !== undefined && { name }),
    ...(url !== undefined && { url }),
    ...(kinds !== undefined && { kinds: JSON.stringify(kinds) }),
    ...(enabled !== undefined && { enabled: enabled ? 1 : 0, given_up_at: null }),
    ...(enabled === true && { failing_since: null }),
  };
  if (Object.keys(set).length === 0) return (await findWebhook(db, id)) !== null;
  const done = await db.updateTable('webhook').set(set).where('id', '=', id).executeTakeFirst();
  return done.numUpdatedRows > 0n;
}

/** A new secret in place of the old one; null when there is no such webhook. */
export async function rotateSecret(db: Kysely<Database>, id: string, now: number): Promise<string | null> {
  const columns = secretColumns(now);
  const done = await db.updateTable('webhook').set(columns).where('id', '=', id).executeTakeFirst();
  return done.numUpdatedRows === 0n ? null : columns.secret;
}

/** Removes a webhook with everything that was on its way to it; false when there is none. */
export async function removeWebhook(
  { writer, together }: Pick<Store, 'writer' | 'together'>,
  id: string,
): Promise<boolean> {
  if ((await findWebhook(writer, id)) === null) return false;
  await together([
    writer.deleteFrom('webhook_delivery').where('webhook', '=', id),
    writer.deleteFrom('webhook').where('id', '=', id),
  ]);
  return true;
}

export async function noteTaken(db: Kysely<Database>, id: string): Promise<void> {
  await db
    .updateTable('webhook')
    .set({ failing_since: null })
    .where('id', '=', id)
    .where('failing_since', 'is not', null)
    .execute();
}

/** Notes a failure, and since when there is nothing but failures. */
export async function noteNotTaken(db: Kysely<Database>, id: string, now: number): Promise<void> {
  await db
    .updateTable('webhook')
    .set({ failing_since: now })
    .where('id', '=', id)
    .where('failing_since', 'is', null)
    .execute();
}

/** Switches off a webhook that took nothing for long; what is on its way to it waits for the rest of its day. */
export async function giveUp(db: Kysely<Database>, id: string, now: number): Promise<void> {
  await db
    .updateTable('webhook')
    .set({ enabled: 0, given_up_at: now })
    .where('id', '=', id)
    .where('enabled', '=', 1)
    .execute();
}

function secretColumns(now: number) {
  return { secret: `${SECRET_PREFIX}${newSecret()}`, secret_made_at: now };
}

function webhookOf(row: Selectable<WebhookTable>): Webhook {
  return {
    id: row.id,
    name: row.name,
    url: row.url,
    kinds: JSON.parse(row.kinds) as WebhookKind[],
    enabled: row.enabled === 1,
    madeAt: row.made_at,
    secretMadeAt: row.secret_made_at,
    failingSince: row.failing_since,
    givenUpAt: row.given_up_at,
  };
}
