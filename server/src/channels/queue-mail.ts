import type { InboxItem } from '@muster/documents';
import { MAIL_POLICY, MAIL_TRIED_MS, isTicketMailKind, mailRankOf, wantsMail } from '@muster/domain/shared';
import type { PersonId } from '@muster/domain/shared';
import type { Kysely } from 'kysely';
import type { Database } from '../store/schema.ts';
import { chosenFor } from './choices.ts';

/**
 * Puts the mail about a new inbox item into the queue, in the transaction that tells the item: neither is there
 * without the other. An item has one mail, whatever is run again.
 */
export async function queueMail(
  db: Kysely<Database>,
  person: PersonId,
  { id, kind }: InboxItem,
  now: number,
): Promise<void> {
  if (!isTicketMailKind(kind) || !wantsMail(kind, await chosenFor(db, person, 'mail', kind))) return;
  const due = now + MAIL_POLICY[kind].delayMs;
  await db
    .insertInto('delivery')
    .values({
      item: id,
      person,
      channel: 'mail',
      rank: mailRankOf(kind),
      state: 'queued',
      made_at: now,
      next_at: due,
      until: due + MAIL_TRIED_MS,
    })
    .onConflict((conflict) => conflict.columns(['item', 'channel', 'device']).doNothing())
    .execute();
}
