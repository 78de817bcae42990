import type { InboxItem } from '@muster/documents';
import { MAIL_POLICY, MAIL_TRIED_MS, isTicketMailKind, wantsMail } from '@muster/domain/shared';
import type { PersonId } from '@muster/domain/shared';
import type { Kysely } from 'kysely';
import type { Database } from '../../store/schema.ts';
import { chosenFor } from '../choices.ts';

/**
 * Puts the news about a new inbox item into the queue of each device of its person, in the transaction that tells the
 * item: neither is there without the other. A device gets an item once, whatever is run again.
 */
export async function queuePush(
  db: Kysely<Database>,
  person: PersonId,
  { id, kind }: InboxItem,
  now: number,
): Promise<void> {
  if (!isTicketMailKind(kind)) return;
  const devices = await db.selectFrom('push_device').select('id').where('person', '=', person).execute();
  if (devices.length === 0 || !wantsMail(kind, await chosenFor(db, person, 'push', kind))) return;
  const due = now + MAIL_POLICY[kind].delayMs;
  await db
    .insertInto('delivery')
    .values(
      devices.map((device) => ({
        item: id,
        person,
        channel: 'push' as const,
        device: device.id,
        state: 'queued' as const,
        made_at: now,
        next_at: due,
        until: due + MAIL_TRIED_MS,
      })),
    )
    .onConflict((conflict) => conflict.columns(['item', 'channel', 'device']).doNothing())
    .execute();
}
