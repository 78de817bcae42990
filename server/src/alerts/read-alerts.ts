import { createHash } from 'node:crypto';
import type { Recorded, Ticket, TicketEvent } from '@muster/domain/shared';
import { alertState, isAcknowledged, silencedUntil } from '@muster/domain/incident';
import type { AlertState } from '@muster/domain/incident';
import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { AlertTable } from '../store/schema-alerts.ts';
import type { Database } from '../store/schema.ts';
import { mappingsOf, severityRank } from './severity-rank.ts';

const MOST = 200;

export interface IncidentAlert {
  /** Tells it from the others of its incident, which may be alike in all that is shown. */
  readonly id: string;
  readonly name: string;
  readonly state: AlertState;
  /** Somebody has seen it: a state that a silence hides. */
  readonly acknowledged: boolean;
  readonly labels: Record<string, string>;
  readonly url: string | null;
  readonly startsAt: number;
  readonly resolvedAt: number | null;
}

/**
 * The alerts of an incident as they stand, each once however often it fired, with what people said of them: first those
 * that fire, the worst first.
 */
export async function readAlerts(
  db: Kysely<Database>,
  { ticket, events }: { readonly ticket: Ticket; readonly events: readonly Recorded<TicketEvent>[] },
  now: number,
): Promise<{
  readonly firing: number;
  readonly total: number;
  readonly untold: number;
  readonly silencedUntil: number | null;
  readonly alerts: IncidentAlert[];
}> {
  // each alert with its newest episode alone: the others are over
  const of = db
    .selectFrom('alert')
    .where('record', '=', ticket.id)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('alert as later')
            .select('later.starts_at')
            .whereRef('later.integration', '=', 'alert.integration')
            .whereRef('later.group_key', '=', 'alert.group_key')
            .whereRef('later.fingerprint', '=', 'alert.fingerprint')
            .whereRef('later.starts_at', '>', 'alert.starts_at')
            .whereRef('later.record', '=', 'alert.record'),
        ),
      ),
    );
  const { total, firing } = await of
    .select([
      sql<number>`count(*)`.as('total'),
      sql<number>`count(*) filter (where state = 'firing')`.as('firing'),
    ])
    .executeTakeFirstOrThrow();
  const rows = await of
    .selectAll('alert')
    .orderBy('state')
    .orderBy(severityRank(await mappingsOf(db, ticket.id)))
    .orderBy('starts_at', 'desc')
    .orderBy('received_at', 'desc')
    .limit(MOST)
    .execute();
  const noted = events.findLast(({ event }) => event.type === 'alerts-noted')?.event;
  return {
    total,
    firing,
    untold: noted?.type === 'alerts-noted' ? noted.untold : 0,
    silencedUntil: silencedUntil(events, now),
    alerts: rows.map((row) => ({
      id: alertId(row),
      name: row.name,
      state: alertState({ state: row.state, receivedAt: row.received_at }, events, now),
      acknowledged: isAcknowledged({ receivedAt: row.received_at }, events),
      labels: JSON.parse(row.labels) as Record<string, string>,
      url: row.url,
      startsAt: row.starts_at,
      resolvedAt: row.resolved_at,
    })),
  };
}

/** Of what identifies an alert in the store, each time that it fires; a key of a group may be long, and is no one's to read. */
function alertId({ integration, group_key, fingerprint }: AlertTable): string {
  const whole = JSON.stringify([integration, group_key, fingerprint]);
  return createHash('sha256').update(whole).digest('base64url').slice(0, 22);
}
