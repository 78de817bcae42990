/** What the gate for machines looks at, and what it was asked. */
import type { Change, Dependencies } from '@muster/domain/change';
import type { DependencyMap } from '@muster/domain/configuration';
import { mayTakeDown } from '@muster/domain/flows';
import type { GateWorld } from '@muster/domain/flows';
import type { GateAnswer } from '@muster/domain/release';
import type { Directory, ItemId, PersonId, RecordId, ServiceId } from '@muster/domain/shared';
import { personId } from '@muster/domain/shared';
import { sql } from 'kysely';
import type { Kysely, Selectable } from 'kysely';
import { ulid } from 'ulid';
import { changeOf, readWindows, zoneOf } from './changes.ts';
import { loadCalendars } from './directory.ts';
import { decodeCursor, encodeCursor } from './query/page.ts';
import type { Page } from './query/page.ts';
import type { GateAskTable } from './schema-releases.ts';
import type { Database } from './schema.ts';

/** More open changes of one service than anybody reads the reasons of. */
const MOST_CHANGES = 200;
/** What is kept of an answer: a service may have many changes that all say why not. */
const MOST_KEPT_REASONS = 20;

/** How things hang together: the map that the writer keeps, and what is answered by it. */
export interface GateMap {
  readonly map: DependencyMap;
  readonly dependencies: Dependencies;
}

/** Windows and freezes, the changes of the service that are not over, or the one that was named: nothing else is read. */
export async function readGateWorld(
  db: Kysely<Database>,
  services: Directory['services'],
  { map, dependencies }: GateMap,
  {
    service,
    named,
    now,
  }: { readonly service: ServiceId; readonly named: RecordId | null; readonly now: number },
): Promise<GateWorld> {
  const ofService: OfService = {
    items: mayTakeDown(map, service),
    isOf: ({ items }) => dependencies.servicesOf(items).includes(service),
  };
  return {
    services: new Set(services.keys()),
    changes: named === null ? await openChanges(db, ofService, now) : await oneChange(db, named),
    windows: await readWindows(db),
    dependencies,
    zone: zoneOf({ calendars: await loadCalendars(db) }),
  };
}

async function oneChange(db: Kysely<Database>, id: RecordId): Promise<readonly Change[]> {
  const rows = await db.selectFrom('change').select('data').where('id', '=', id).execute();
  return rows.map(changeOf);
}

interface OfService {
  /** A change that names none of them is not of the service. */
  readonly items: readonly ItemId[];
  /** Of one that names some: a spare that nothing falls with is not of it. */
  readonly isOf: (change: Change) => boolean;
}

/**
 * Those that are approved and in their window first: they are what may let a machine pass, however many others there
 * are. Then the approved ones whose window is nearest.
 */
async function openChanges(
  db: Kysely<Database>,
  { items, isOf }: OfService,
  now: number,
): Promise<readonly Change[]> {
  const found: Change[] = [];
  for (let from = 0; found.length < MOST_CHANGES; from += MOST_CHANGES) {
    const { rows } = await sql<{ data: string }>`
      select change.data from change
      where change.key in (
        select change from change_item where item in (select value from json_each(${JSON.stringify(items)}))
      )
      order by
        (state in ('scheduled', 'implement') and begins <= ${now} and ${now} < ends) desc,
        state in ('scheduled', 'implement') desc,
        abs(begins - ${now}) nulls last,
        change.key desc
      limit ${MOST_CHANGES} offset ${from}
    `.execute(db);
    found.push(...rows.map(changeOf).filter(isOf));
    if (rows.length < MOST_CHANGES) break;
  }
  return found.slice(0, MOST_CHANGES);
}

/** The service of an id, or of a name that only one has, whatever the case of its letters. */
export function findService(services: Directory['services'], reference: string): ServiceId | null {
  const wanted = reference.trim();
  if (services.has(wanted as ServiceId)) return wanted as ServiceId;
  const called = [...services.values()].filter(({ name }) => name.toLowerCase() === wanted.toLowerCase());
  return called.length === 1 ? (called[0]?.id ?? null) : null;
}

export interface GateAsk {
  readonly id: string;
  readonly at: number;
  readonly asker: PersonId;
  /** As it was asked. */
  readonly service: string;
  readonly environment: string;
  readonly change: string | null;
  readonly answer: GateAnswer;
}

/** Keeps a question; of many reasons the first, and those about freezes. */
export async function keepAsk(writer: Kysely<Database>, ask: Omit<GateAsk, 'id'>): Promise<void> {
  const { answer, ...rest } = ask;
  const values = {
    ...rest,
    id: ulid(ask.at),
    allow: answer.allow ? 1 : 0,
    answer: JSON.stringify(shortened(answer)),
  };
  await writer.insertInto('gate_ask').values(values).execute();
}

function shortened(answer: GateAnswer): GateAnswer {
  const { reasons } = answer;
  if (reasons.length <= MOST_KEPT_REASONS) return answer;
  const freezes = reasons.filter(({ code }) => code === 'release/frozen').slice(0, MOST_KEPT_REASONS / 2);
  const others = reasons.filter(({ code }) => code !== 'release/frozen');
  return { ...answer, reasons: [...others.slice(0, MOST_KEPT_REASONS - freezes.length), ...freezes] };
}

/** What was asked, newest first. */
export async function listAsks(
  db: Kysely<Database>,
  allow: boolean | null,
  cursor: string | null,
  limit: number,
): Promise<Page<GateAsk>> {
  const place = decodeCursor(cursor);
  let query = db
    .selectFrom('gate_ask')
    .selectAll()
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1);
  if (allow !== null) query = query.where('allow', '=', allow ? 1 : 0);
  if (place !== null) query = query.where(sql<boolean>`(at, id) < (${place.updatedAt}, ${place.id})`);
  const rows = await query.execute();
  const items = rows.slice(0, limit).map(askOf);
  const last = items.at(-1);
  const hasMore = rows.length > limit && last !== undefined;
  return { items, next: hasMore ? encodeCursor({ updatedAt: last.at, id: last.id }) : null };
}

/** Takes away what was asked before an instant. */
export async function sweepAsks(writer: Kysely<Database>, before: number): Promise<void> {
  await writer.deleteFrom('gate_ask').where('at', '<', before).execute();
}

function askOf(row: Selectable<GateAskTable>): GateAsk {
  const { id, at, service, environment, change } = row;
  const answer = JSON.parse(row.answer) as GateAnswer;
  return { id, at, asker: personId(row.asker), service, environment, change, answer };
}
