import { ok, refuse } from '@muster/domain/shared';
import type { Level, Priority, Result } from '@muster/domain/shared';
import { toInstant } from './time.ts';
import { mapped } from './mapping.ts';
import type { ServiceNowMapping } from './mapping.ts';

/** Columns without which a row means nothing. Others are kept as they are found. */
export const REQUIRED_COLUMNS = [
  'number',
  'incident_state',
  'caller_id',
  'opened_at',
  'sys_updated_by',
  'sys_updated_at',
  'impact',
  'urgency',
  'priority',
  'assignment_group',
  'assigned_to',
] as const;

export type RawRow = Readonly<Record<string, string>>;

/** One update of one incident, its words parsed. `?` of the source is null. */
export interface Row {
  readonly line: number;
  readonly number: string;
  readonly state: ServiceNowMapping['states'][string];
  readonly caller: string;
  readonly openedBy: string | null;
  readonly openedAt: number;
  readonly updatedBy: string;
  readonly updatedAt: number;
  readonly channel: 'phone' | 'email' | 'portal';
  readonly impact: Level;
  readonly urgency: Level;
  readonly priority: Priority;
  readonly group: string | null;
  readonly resolver: string | null;
  readonly category: string | null;
  readonly tags: readonly string[];
  readonly closedCode: string | null;
  readonly title: string;
  readonly raw: RawRow;
}

export interface RowProblem {
  readonly line: number;
  readonly record: string | null;
  readonly reason: string;
}

const unset = (text: string | undefined): string | null => {
  const trimmed = text?.trim() ?? '';
  return trimmed === '' || trimmed === '?' ? null : trimmed;
};

/** `2 - Medium` is 2. */
function leading(text: string | undefined, highest: number): number | null {
  const digit = Number(/^(\d)\s*-/.exec(text ?? '')?.[1] ?? Number.NaN);
  return digit >= 1 && digit <= highest ? digit : null;
}

/** Parses one row of the log, or says what is wrong with it in words for the person who imports. */
export function parseRow(raw: RawRow, line: number, mapping: ServiceNowMapping): Result<Row, RowProblem> {
  const number = unset(raw['number']);
  const wrong = (reason: string): Result<Row, RowProblem> => refuse({ line, record: number, reason });
  if (number === null) return wrong('no number');
  const state = mapped(mapping.states, raw['incident_state'] ?? '');
  if (state === undefined) return wrong(`state "${raw['incident_state'] ?? ''}" is not in the mapping`);
  const openedAt = toInstant(raw['opened_at'], mapping.zone);
  if (openedAt === null)
    return wrong(`opened_at "${raw['opened_at'] ?? ''}" is not a time of the form d/m/yyyy HH:MM`);
  const updatedAt = toInstant(raw['sys_updated_at'], mapping.zone);
  if (updatedAt === null)
    return wrong(`sys_updated_at "${raw['sys_updated_at'] ?? ''}" is not a time of the form d/m/yyyy HH:MM`);
  const impact = leading(raw['impact'], 3);
  if (impact === null) return wrong(`impact "${raw['impact'] ?? ''}" is not 1, 2 or 3`);
  const urgency = leading(raw['urgency'], 3);
  if (urgency === null) return wrong(`urgency "${raw['urgency'] ?? ''}" is not 1, 2 or 3`);
  const priority = leading(raw['priority'], 5);
  if (priority === null) return wrong(`priority "${raw['priority'] ?? ''}" is not 1 to 5`);
  const contact = unset(raw['contact_type'])?.toLowerCase();
  return ok({
    line,
    number,
    state,
    caller: unset(raw['caller_id']) ?? 'Unknown caller',
    openedBy: unset(raw['opened_by']),
    openedAt,
    updatedBy: unset(raw['sys_updated_by']) ?? 'Unknown',
    updatedAt,
    channel: contact === 'phone' || contact === 'email' ? contact : 'portal',
    impact: impact as Level,
    urgency: urgency as Level,
    priority: priority as Priority,
    group: unset(raw['assignment_group']),
    resolver: unset(raw['assigned_to']),
    category: unset(raw['category']),
    tags: tagsOf(raw),
    closedCode: unset(raw['closed_code']),
    title: titleOf(raw, number),
    raw,
  });
}

/** References to records that the log does not contain stay findable as tags. */
function tagsOf(raw: RawRow): string[] {
  return ['problem_id', 'rfc', 'caused_by', 'vendor']
    .map((column) => [column, unset(raw[column])] as const)
    .filter((pair): pair is readonly [string, string] => pair[1] !== null)
    .map(([column, value]) => `${column}:${value.replace(/\s+/g, ' ')}`);
}

/** The log is anonymised and has no short description: what is known of the case stands in for it. */
function titleOf(raw: RawRow, number: string): string {
  const known = [raw['u_symptom'], raw['subcategory'], raw['category'], raw['location']]
    .map(unset)
    .filter((part) => part !== null);
  return known.length > 0 ? known.join(' · ') : `Incident ${number}`;
}
