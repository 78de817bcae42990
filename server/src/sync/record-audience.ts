import type { Meeting } from '@muster/domain/change';
import { isTicketProcess, recordId } from '@muster/domain/shared';
import type {
  PersonId,
  Readable,
  RecordId,
  RecordProcess,
  TeamId,
  TicketProcess,
} from '@muster/domain/shared';
import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import { gathered } from '../store/gathered.ts';
import { HISTORY_TABLES } from '../store/history-tables.ts';
import type { HistoryTable } from '../store/history-tables.ts';
import type { Store } from '../store/store.ts';

/** What of a record decides who may read it: of changes and releases, that they are such. */
export type Audience =
  | Readable
  | {
      readonly process: Exclude<RecordProcess, TicketProcess>;
      readonly meeting?: MeetingAudience;
      /** Of a known error or an article: whether it is still written. */
      readonly knowledge?: 'open' | 'over';
    };

/** What of a meeting decides who writes its notes. */
export type MeetingAudience = Pick<Meeting, 'state' | 'invited'>;

export function isTicketAudience(audience: Audience): audience is Readable {
  return isTicketProcess(audience.process);
}

/** Finds whose a record is, as SQL has it; null when there is none. */
export type FindAudience = (id: RecordId) => Promise<Audience | null>;

const ASKED_AT_ONCE = 256;

interface AudienceRow {
  readonly id: string;
  readonly process: string;
  readonly requester: string | null;
  readonly restricted_to: string | null;
  readonly readers: string | null;
  /** JSON: MeetingAudience. */
  readonly meeting: string | null;
}

/** Of what is read by all who may read its process. */
const NOBODY = sql`null as requester, null as restricted_to, null as readers, null as meeting`;

/** Of the tables whose rows differ in who may read or write them. */
const COLUMNS: Partial<Record<HistoryTable, RawBuilder<unknown>>> = {
  record: sql`id, process, requester, restricted_to, readers, null as meeting`,
  change_meeting: sql`id, 'change', null, null, null,
    json_object('state', state, 'invited', data -> '$.invited')`,
  known_error: sql`id, case when state in ('superseded', 'retired') then 'knowledge-over' else 'knowledge-open' end,
    ${NOBODY}`,
};

/** Looks records up in the store, all that are asked for in one turn with one query. */
export function audiencesIn(store: Store): FindAudience {
  return gathered(async (ids: readonly RecordId[]) => {
    const asked = JSON.stringify(ids);
    const kept = HISTORY_TABLES.map(
      ({ table, process }) => sql`
        select ${COLUMNS[table] ?? sql`id, ${sql.lit(process)} as process, ${NOBODY}`} from ${sql.table(table)}
        where id in (select value from json_each(${asked}))`,
    );
    const { rows } = await sql<AudienceRow>`${sql.join(kept, sql` union all `)}`.execute(store.reader);
    const found = new Map(rows.map((row) => [recordId(row.id), audienceOf(row)]));
    return ids.map((id) => found.get(id) ?? null);
  }, ASKED_AT_ONCE);
}

function audienceOf({ process, requester, restricted_to, readers, meeting }: AudienceRow): Audience {
  if (meeting !== null) return { process: 'change', meeting: JSON.parse(meeting) as MeetingAudience };
  if (process === 'knowledge-open') return { process: 'problem', knowledge: 'open' };
  if (process === 'knowledge-over') return { process: 'problem', knowledge: 'over' };
  if (!isTicketProcess(process)) return { process: process as Exclude<RecordProcess, TicketProcess> };
  return {
    process,
    requester: requester as PersonId,
    restrictedTo: restricted_to as TeamId | null,
    readers: readers === null ? [] : (JSON.parse(readers) as PersonId[]),
  };
}
