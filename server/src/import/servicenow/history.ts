import { DEFAULT_MATRIX, personId, priorityOf } from '@muster/domain/shared';
import type { PersonId, TeamId, TicketEvent } from '@muster/domain/shared';
import type { History } from '../../store/store.ts';
import { stableId, stableRecordId } from '../stable-id.ts';
import type { RawRow, Row } from './row.ts';
import { changedColumns, unmapped } from './unmapped.ts';

export const SOURCE = 'servicenow';

/**
 * The source keeps callers, resolvers and updaters in separate id spaces: "Caller 4" and "Resolver 4" are not known
 * to be one person, so each label is a person of its own.
 */
export const sourcePerson = (label: string): PersonId => personId(stableId(SOURCE, 'person', label));

type TeamOf = (group: string) => TeamId;

type Step = History['events'][number];

/**
 * Rebuilds an incident's history from its updates in the order of the file, each with its own time and actor.
 * An update that changed nothing we know of stays as a bare `imported` event: it happened. Each event follows from the
 * rows up to its own, so that a longer log of the same incident only adds to what an earlier import brought. Times that run backwards
 * are moved up to the update before, since the file's order is the truth.
 */
export function historyOf(rows: readonly [Row, ...Row[]], teamOf: TeamOf): History {
  const first = rows[0];
  const opener = sourcePerson(first.openedBy ?? first.updatedBy);
  const steps: Step[] = [{ event: created(first, teamOf), actor: opener, at: first.openedAt }];
  let before: Row = { ...first, state: { state: 'new', holdReason: null }, resolver: null };
  let known: RawRow = {};
  let at = first.openedAt;
  rows.forEach((row, index) => {
    at = Math.max(at, row.updatedAt);
    const events = changes(before, row, teamOf);
    const raw = changedColumns(known, unmapped(row));
    if (raw !== null) events.push({ ...bare(row), raw });
    if (events.length === 0 && index > 0) events.push(bare(row));
    for (const event of events) steps.push({ event, actor: sourcePerson(row.updatedBy), at });
    before = row;
    known = { ...known, ...raw };
  });
  return {
    source: SOURCE,
    externalId: first.number,
    id: stableRecordId(SOURCE, first.number),
    number: first.number,
    events: steps,
  };
}

const bare = (row: Row): Extract<TicketEvent, { type: 'imported' }> => ({
  type: 'imported',
  source: SOURCE,
  externalId: row.number,
  set: {},
});

function created(row: Row, teamOf: TeamOf): TicketEvent {
  return {
    type: 'created',
    process: 'incident',
    number: row.number,
    description: `Imported from ServiceNow.\n${row.title}`,
    ticket: {
      kind: 'incident',
      title: row.title,
      impact: row.impact,
      urgency: row.urgency,
      priority: row.priority,
      matrixVersion: DEFAULT_MATRIX.version,
      requester: sourcePerson(row.caller),
      team: row.group === null ? null : teamOf(row.group),
      service: null,
      category: row.category,
      channel: row.channel,
      tags: row.tags,
      restrictedTo: null,
    },
  };
}

/** What one update changed, as our events. Closing values of the source stand on every row and are read only here. */
function changes(before: Row, row: Row, teamOf: TeamOf): TicketEvent[] {
  return [...assignment(before, row, teamOf), ...edits(before, row), ...transition(before, row)];
}

function assignment(before: Row, row: Row, teamOf: TeamOf): TicketEvent[] {
  if (before.group === row.group && before.resolver === row.resolver) return [];
  const place = (of: Row) => ({
    team: of.group === null ? null : teamOf(of.group),
    owner: of.resolver === null ? null : sourcePerson(of.resolver),
  });
  return [{ type: 'assigned', ...place(row), before: place(before), reason: null }];
}

function edits(before: Row, row: Row): TicketEvent[] {
  const fields: Record<string, unknown> = {};
  const earlier: Record<string, unknown> = {};
  for (const field of ['title', 'impact', 'urgency', 'category'] as const) {
    if (before[field] === row[field]) continue;
    fields[field] = row[field];
    earlier[field] = before[field];
  }
  if (before.tags.join() !== row.tags.join()) {
    fields['tags'] = row.tags;
    earlier['tags'] = before.tags;
  }
  const moved = before.priority !== row.priority;
  const byMatrix = priorityOf(DEFAULT_MATRIX, row.impact, row.urgency) === row.priority;
  const events: TicketEvent[] = [];
  if (Object.keys(fields).length > 0)
    events.push({
      type: 'edited',
      fields,
      before: earlier,
      priority: moved && byMatrix ? row.priority : null,
      matrixVersion: moved && byMatrix ? DEFAULT_MATRIX.version : null,
    });
  if (moved && (!byMatrix || events.length === 0))
    events.push({
      type: 'priority-overridden',
      priority: row.priority,
      before: before.priority,
      reason: 'set in ServiceNow',
    });
  return events;
}

function transition(before: Row, row: Row): TicketEvent[] {
  if (before.state.state === row.state.state && before.state.holdReason === row.state.holdReason) return [];
  const resolves =
    row.state.state === 'resolved' || (row.state.state === 'closed' && before.state.state !== 'resolved');
  return [
    {
      type: 'transitioned',
      from: before.state.state,
      to: row.state.state,
      holdReason: row.state.holdReason,
      reason: null,
      resolution: resolves ? { code: row.closedCode ?? 'unknown', notes: '' } : null,
    },
  ];
}
