/** Whom a record's calls to work told, and how far they came with each person. */
import { MAIL_POLICY, TICKET_MAIL_KINDS, personId } from '@muster/domain/shared';
import type { PersonId, RecordId } from '@muster/domain/shared';
import type { Kysely } from 'kysely';
import type { DeliveryState } from '../store/schema-channels.ts';
import type { Database } from '../store/schema.ts';

export interface Receipt {
  readonly person: PersonId;
  readonly kind: string;
  /** When it was put into the person's inbox. */
  readonly toldAt: number;
  /** When the person read it in the product. */
  readonly seenAt: number | null;
  /** How far its mail came; null when there is none. */
  readonly mail: { readonly state: DeliveryState; readonly at: number | null } | null;
}

const MOST = 100;
/** What is for staff alone; who read a reply is nobody else's business. */
const KINDS = TICKET_MAIL_KINDS.filter((kind) => MAIL_POLICY[kind].audience === 'staff');

/** The newest first, at most a hundred. */
export async function readReceipts(db: Kysely<Database>, record: RecordId): Promise<readonly Receipt[]> {
  const rows = await db
    .selectFrom('inbox_item')
    .leftJoin('delivery', (on) =>
      on.onRef('delivery.item', '=', 'inbox_item.id').on('delivery.channel', '=', 'mail'),
    )
    .select(['inbox_item.person', 'inbox_item.kind', 'inbox_item.at', 'inbox_item.read_at'])
    .select(['delivery.state', 'delivery.ended_at'])
    .where('inbox_item.record', '=', record)
    .where('inbox_item.kind', 'in', KINDS)
    .orderBy('inbox_item.at', 'desc')
    .orderBy('inbox_item.id', 'desc')
    .limit(MOST)
    .execute();
  return rows.map((row) => ({
    person: personId(row.person),
    kind: row.kind,
    toldAt: row.at,
    seenAt: row.read_at,
    mail: row.state === null ? null : { state: row.state, at: row.ended_at },
  }));
}
