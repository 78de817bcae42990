/**
 * Monitoring systems that may send alerts: each with a key of its own, and a person without account or roles who
 * stands for it in histories. A revoked key takes nothing in; what was taken before is worked off.
 */
import { DEFAULT_ALERT_MAPPING, DEFAULT_ALERT_NUMBERS } from '@muster/domain/incident';
import type { AlertMapping, AlertNumbers } from '@muster/domain/incident';
import { personId } from '@muster/domain/shared';
import type { PersonId, ServiceId, TeamId } from '@muster/domain/shared';
import type { Kysely, Selectable } from 'kysely';
import { ulid } from 'ulid';
import { insertPerson, updatePerson } from '../access/people.ts';
import { hashSecret, newSecret } from '../access/tokens.ts';
import type { AlertIntegrationTable } from '../store/schema-alerts.ts';
import type { Database } from '../store/schema.ts';

export const INTEGRATION_KINDS = ['alertmanager', 'grafana', 'pagerduty'] as const;
export type IntegrationKind = (typeof INTEGRATION_KINDS)[number];

export interface Integration {
  readonly id: string;
  readonly name: string;
  readonly kind: IntegrationKind;
  readonly team: TeamId | null;
  readonly service: ServiceId | null;
  readonly mapping: AlertMapping;
  readonly numbers: AlertNumbers;
  /** How the key begins, to tell keys apart. */
  readonly keyPrefix: string;
  readonly revoked: boolean;
  readonly madeAt: number;
  readonly keyMadeAt: number;
  readonly lastReceivedAt: number | null;
  /** Payloads taken, payloads refused as malformed, episodes that began, groups that a storm took in. */
  readonly counts: {
    readonly received: number;
    readonly malformed: number;
    readonly episodes: number;
    readonly folded: number;
  };
}

export interface NewIntegration {
  readonly name: string;
  readonly kind: IntegrationKind;
  readonly team: TeamId | null;
  readonly service: ServiceId | null;
  readonly mapping?: AlertMapping | undefined;
  readonly numbers?: AlertNumbers | undefined;
  readonly madeBy: PersonId;
}

/** PagerDuty's routing keys are 32 characters long, and some tools insist on it. */
export const KEY_LENGTH = 32;
const PREFIX_LENGTH = 9;

/** Makes an integration; its key is shown this once. Tell the store to refresh the directory afterwards. */
export async function makeIntegration(
  db: Kysely<Database>,
  asked: NewIntegration,
  now: number,
): Promise<{ readonly integration: Integration; readonly key: string }> {
  const id = ulid(now);
  const { key, columns } = newKey(now);
  await insertPerson(
    db,
    { id: personId(id), name: asked.name, email: `${id}@integration.invalid`, roles: [] },
    now,
  );
  const row = await db
    .insertInto('alert_integration')
    .values({
      id,
      name: asked.name,
      kind: asked.kind,
      team: asked.team,
      service: asked.service,
      mapping: JSON.stringify({ ...DEFAULT_ALERT_MAPPING, ...asked.mapping }),
      numbers: JSON.stringify({ ...DEFAULT_ALERT_NUMBERS, ...asked.numbers }),
      ...columns,
      made_by: asked.madeBy,
      made_at: now,
      last_received_at: null,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  return { integration: integrationOf(row), key };
}

export async function listIntegrations(db: Kysely<Database>): Promise<readonly Integration[]> {
  const rows = await db.selectFrom('alert_integration').selectAll().orderBy('name').orderBy('id').execute();
  return rows.map(integrationOf);
}

/** Null when there is no such integration. */
export async function findIntegration(db: Kysely<Database>, id: string): Promise<Integration | null> {
  const row = await db.selectFrom('alert_integration').selectAll().where('id', '=', id).executeTakeFirst();
  return row === undefined ? null : integrationOf(row);
}

export interface IntegrationChange {
  readonly name?: string | undefined;
  readonly team?: TeamId | null | undefined;
  readonly service?: ServiceId | null | undefined;
  readonly mapping?: AlertMapping | undefined;
  readonly numbers?: AlertNumbers | undefined;
}

/** False when there is no such integration. */
export async function updateIntegration(
  db: Kysely<Database>,
  id: string,
  { name, team, service, mapping, numbers }: IntegrationChange,
): Promise<boolean> {
  const set = {
    ...(name !== undefined && { name }),
    ...(team !== undefined && { team }),
    ...(service !== undefined && { service }),
    ...(mapping !== undefined && { mapping: JSON.stringify(mapping) }),
    ...(numbers !== undefined && { numbers: JSON.stringify(numbers) }),
  };
  if (Object.keys(set).length === 0) return true;
  const done = await db.updateTable('alert_integration').set(set).where('id', '=', id).executeTakeFirst();
  if (done.numUpdatedRows === 0n) return false;
  if (name !== undefined) await updatePerson(db, personId(id), { name });
  return true;
}

/** A new key in place of the old one, revoked or not; null when there is no such integration. */
export async function rotateKey(db: Kysely<Database>, id: string, now: number): Promise<string | null> {
  const { key, columns } = newKey(now);
  const done = await db.updateTable('alert_integration').set(columns).where('id', '=', id).executeTakeFirst();
  return done.numUpdatedRows === 0n ? null : key;
}

/** False when there is no such integration, or its key is revoked already. */
export async function revokeIntegration(db: Kysely<Database>, id: string): Promise<boolean> {
  const done = await db
    .updateTable('alert_integration')
    .set({ key_hash: null })
    .where('id', '=', id)
    .where('key_hash', 'is not', null)
    .executeTakeFirst();
  return done.numUpdatedRows > 0n;
}

/** The integration of this id that one of these secrets opens; null for a wrong key and for no integration alike. */
export async function findByKey(
  db: Kysely<Database>,
  id: string,
  secrets: readonly string[],
): Promise<{ readonly id: string; readonly kind: IntegrationKind } | null> {
  if (secrets.length === 0) return null;
  const row = await db
    .selectFrom('alert_integration')
    .select(['id', 'kind'])
    .where('id', '=', id)
    .where('key_hash', 'in', secrets.map(hashSecret))
    .executeTakeFirst();
  return row === undefined ? null : { id: row.id, kind: row.kind as IntegrationKind };
}

function newKey(now: number) {
  const key = newSecret().replace(/[-_]/g, 'x').slice(0, KEY_LENGTH);
  const columns = { key_prefix: key.slice(0, PREFIX_LENGTH), key_hash: hashSecret(key), key_made_at: now };
  return { key, columns };
}

function integrationOf(row: Selectable<AlertIntegrationTable>): Integration {
  return {
    id: row.id,
    name: row.name,
    kind: row.kind as IntegrationKind,
    team: row.team as TeamId | null,
    service: row.service as ServiceId | null,
    mapping: JSON.parse(row.mapping) as AlertMapping,
    numbers: JSON.parse(row.numbers) as AlertNumbers,
    keyPrefix: row.key_prefix,
    revoked: row.key_hash === null,
    madeAt: row.made_at,
    keyMadeAt: row.key_made_at,
    lastReceivedAt: row.last_received_at,
    counts: {
      received: row.received,
      malformed: row.malformed,
      episodes: row.episodes,
      folded: row.folded,
    },
  };
}
