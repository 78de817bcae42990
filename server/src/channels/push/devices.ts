/** Devices that are told by Web Push: each belongs to the session in which somebody asked for it, and ends with it. */
import { personId } from '@muster/domain/shared';
import type { PersonId } from '@muster/domain/shared';
import { sql } from 'kysely';
import type { Kysely, Selectable } from 'kysely';
import { ulid } from 'ulid';
import type { PushDeviceTable } from '../../store/schema-channels.ts';
import type { Database } from '../../store/schema.ts';
import type { Store } from '../../store/store.ts';

export type PushDevice = Selectable<PushDeviceTable>;

/** What a browser says of its subscription (RFC 8291: its public key and its secret, base64url). */
export interface Subscription {
  readonly endpoint: string;
  readonly keys: { readonly p256dh: string; readonly auth: string };
}

/** More than anybody has: whoever asks for another lets the oldest go. */
const MOST_DEVICES = 20;
/** Refused so often in a row, a device is of no use any more. */
const MOST_REFUSALS = 5;

/**
 * Keeps a device for the session; one subscription is one device, whoever had it before, and a session has one. What
 * was on its way to those it replaces is not sent.
 */
export async function keepDevice(
  { writer, together }: Pick<Store, 'writer' | 'together'>,
  { endpoint, keys }: Subscription,
  by: { readonly person: PersonId; readonly session: string; readonly name: string },
  now: number,
): Promise<string> {
  const id = ulid(now);
  const { origin } = new URL(endpoint);
  await together([
    writer
      .deleteFrom('push_device')
      .where((where) => where.or([where('endpoint', '=', endpoint), where('session', '=', by.session)])),
    writer.insertInto('push_device').values({ id, endpoint, origin, ...keys, ...by, made_at: now }),
    writer
      .deleteFrom('push_device')
      .where('id', 'in', (old) =>
        old
          .selectFrom('push_device')
          .select('id')
          .where('person', '=', by.person)
          .orderBy('made_at', 'desc')
          .orderBy('id', 'desc')
          .limit(1_000)
          .offset(MOST_DEVICES),
      ),
  ]);
  return id;
}

/** Devices whose sessions go on, the newest first. */
export function listDevices(
  db: Kysely<Database>,
  person: PersonId,
  now: number,
): Promise<readonly PushDevice[]> {
  return signedInDevices(db, now).where('push_device.person', '=', person).execute();
}

/** The device, while its session goes on; null otherwise. */
export async function findDevice(db: Kysely<Database>, id: string, now: number): Promise<PushDevice | null> {
  return (await signedInDevices(db, now).where('push_device.id', '=', id).executeTakeFirst()) ?? null;
}

function signedInDevices(db: Kysely<Database>, now: number) {
  return db
    .selectFrom('push_device')
    .innerJoin('session', 'session.id', 'push_device.session')
    .selectAll('push_device')
    .where('session.expires_at', '>', new Date(now).toISOString())
    .orderBy('push_device.made_at', 'desc');
}

export async function countDevices(db: Kysely<Database>): Promise<number> {
  const { count } = await db
    .selectFrom('push_device')
    .select((each) => each.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** False when the person has no such device. */
export async function removeDevice(db: Kysely<Database>, person: PersonId, id: string): Promise<boolean> {
  const removed = await db
    .deleteFrom('push_device')
    .where('id', '=', id)
    .where('person', '=', person)
    .executeTakeFirst();
  return removed.numDeletedRows > 0n;
}

/** Forgets a device that its push service knows no more. */
export async function forgetDevice(db: Kysely<Database>, { id, person }: PushDevice): Promise<void> {
  await removeDevice(db, personId(person), id);
}

/** Notes that its push service refused a message; a device is forgotten after some in a row. */
export async function noteRefused(db: Kysely<Database>, { id }: PushDevice): Promise<void> {
  await db
    .updateTable('push_device')
    .set({ refusals: sql<number>`refusals + 1` })
    .where('id', '=', id)
    .execute();
  await db.deleteFrom('push_device').where('id', '=', id).where('refusals', '>=', MOST_REFUSALS).execute();
}

export async function noteTaken(db: Kysely<Database>, { id }: PushDevice): Promise<void> {
  await db
    .updateTable('push_device')
    .set({ refusals: 0 })
    .where('id', '=', id)
    .where('refusals', '>', 0)
    .execute();
}

/** Whoever signs out on a device is told nothing more there. */
export async function forgetDeviceOf(db: Kysely<Database>, session: string): Promise<void> {
  await db.deleteFrom('push_device').where('session', '=', session).execute();
}

/** Removes devices whose sessions ran out. */
export async function sweepDevices(db: Kysely<Database>): Promise<void> {
  await db
    .deleteFrom('push_device')
    .where('session', 'not in', (going) => going.selectFrom('session').select('id'))
    .execute();
}
