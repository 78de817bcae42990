import type { Announcement, ToldNotice } from '@muster/domain/desk';
import type { Kysely } from 'kysely';
import type { Database } from '../../store/schema.ts';

/** A notice with the version of the event that it is. */
export interface VersionedNotice {
  readonly version: number;
  readonly told: ToldNotice;
}

/**
 * Notes in the transaction that tells people that their mails are to follow: one row, however many people there are.
 * Page by page they come into the queue later (`NoticePages`).
 */
export async function queueNotices(
  db: Kysely<Database>,
  { id }: Announcement,
  notices: readonly VersionedNotice[],
): Promise<void> {
  if (notices.length === 0) return;
  const rows = notices.map(({ version, told }) => ({
    ...{ announcement: id, version, told: JSON.stringify(told) },
    ...{ stage: 'people' as const, after: '' },
  }));
  await db
    .insertInto('announcement_mail')
    .values(rows)
    .onConflict((conflict) => conflict.columns(['announcement', 'version']).doNothing())
    .execute();
}
