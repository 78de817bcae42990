/** Every change and template against its events, its columns and its words, and the documents that show them. */
import { readPlainEvents, readChangeRules, readChanges } from '@muster/documents/change';
import { eventsWithoutHidden, evolveChange, evolveTemplate, withoutHidden } from '@muster/domain/change';
import type { Change, ChangeEvent, ChangeTemplate, TemplateEvent } from '@muster/domain/change';
import { problemEventsWithoutHidden } from '@muster/domain/problem';
import { recordId } from '@muster/domain/shared';
import type { RecordId } from '@muster/domain/shared';
import type { Selectable } from 'kysely';
import type * as Y from 'yjs';
import { recordedOf } from '../../../commands/events.ts';
import type { EventRow } from '../../../commands/events.ts';
import { canonicalJson } from '../../canonical-json.ts';
import { incidentsNamed } from '../../caused-incidents.ts';
import { openItems } from '../../change-items.ts';
import { changeColumns, changeOf, templateColumns, templateOf, textOfChange } from '../../changes.ts';
import { boardOf } from '../../meetings.ts';
import type { ChangeTable, ChangeTemplateTable, ChangeTextTable } from '../../schema-changes.ts';
import { hiddenIn } from '../documents/hidden-incidents.ts';
import type { Statements } from '../statements.ts';
import { compareWithEvents, compareWithRows, numberOrId } from './compare.ts';
import { differenceOf } from './difference.ts';
import type { Findings } from './findings.ts';
import { readable } from './readable.ts';

/** How many changes there are. */
export function verifyChanges(statements: Statements, findings: Findings): number {
  const texts = statements.prepare('select rowid, * from change_text where rowid = ?');
  const items = statements.prepare('select item from change_item where change = ? order by item').pluck();
  const incidents = statements
    .prepare('select incident from caused_incident where change = ? order by incident')
    .pluck();
  const rows = statements.prepare('select * from change order by key').all() as Selectable<ChangeTable>[];
  for (const row of rows) {
    const name = row.number ?? row.id;
    const unreadable = () => findings.add('change', `${name} cannot be read`);
    const [change] = readable([row], changeOf, unreadable);
    const recorded = historyOf<ChangeEvent>(statements, row.id, unreadable);
    if (change === undefined || recorded === null) continue;
    const folded = recorded.reduce<Change | null>(
      (state, each) => evolveChange(state, each, recordId(row.id)),
      null,
    );
    // the whole of it is held to its events; a change kept before values could be planned says it in fewer words
    const { data: _data, ...columns } = changeColumns(change);
    compareWithEvents(findings, 'change', name, {
      ...{ row, stored: change, folded, columns },
      isOver: change.closedAt !== null,
    });
    if (canonicalJson(items.all(row.key)) !== canonicalJson([...openItems(change)].toSorted()))
      findings.add('change item', `${name} is looked up by other items than it touches`);
    const named = incidentsNamed(recorded.map(({ event }) => event));
    if (canonicalJson(incidents.all(row.key)) !== canonicalJson(named.toSorted()))
      findings.add('caused incident', `${name} is looked up by other incidents than it named`);
    const text = texts.get(row.key) as Selectable<ChangeTextTable> | undefined;
    const differs = text === undefined ? 'nothing' : differenceOf(text, textOfChange(change));
    if (differs !== null) findings.add('search text', `${name} has another ${differs} in the index`);
  }
  verifyTemplates(statements, findings);
  const strays = statements
    .prepare('select count(*) from change_text where rowid not in (select key from change)')
    .pluck()
    .get() as number;
  if (strays > 0) findings.add('search text', `${strays} entries of the index belong to no change`);
  const lost = statements
    .prepare('select count(*) from change_item where change not in (select key from change)')
    .pluck()
    .get() as number;
  if (lost > 0) findings.add('change item', `${lost} items belong to no change`);
  const astray = statements
    .prepare('select count(*) from caused_incident where change not in (select key from change)')
    .pluck()
    .get() as number;
  if (astray > 0) findings.add('caused incident', `${astray} named incidents belong to no change`);
  return rows.length;
}

function verifyTemplates(statements: Statements, findings: Findings): void {
  const rows = statements.prepare('select * from change_template order by id').all();
  for (const row of rows as Selectable<ChangeTemplateTable>[]) {
    const name = `template ${row.id}`;
    const unreadable = () => findings.add('template', `${name} cannot be read`);
    const [template] = readable([row], templateOf, unreadable);
    const recorded = historyOf<TemplateEvent>(statements, row.id, unreadable);
    if (template === undefined || recorded === null) continue;
    const folded = recorded.reduce<ChangeTemplate | null>(
      (state, { event, actor, at }) => evolveTemplate(state, event, { actor, at }, recordId(row.id)),
      null,
    );
    if (canonicalJson(folded) !== canonicalJson(template))
      findings.add('template', `${name} is not what its events say`);
    const column = differenceOf(row, templateColumns(template));
    if (column !== null) findings.add('template', `${name} has another ${column}`);
  }
}

/** Null when an event cannot be read: what is missing makes everything else differ, too. */
export function historyOf<Event extends { readonly type: string }>(
  statements: Statements,
  id: string,
  unreadable: () => void,
): readonly ReturnType<typeof recordedOf<Event>>[] | null {
  const rows = statements.prepare('select * from event where record = ? order by version').all(id);
  const recorded = readable(rows as EventRow[], (row) => recordedOf<Event>(row), unreadable);
  return recorded.length < rows.length ? null : recorded;
}

/** The board shows each change that is on it, as it is, and no other. */
export function compareChangeBoard(
  statements: Statements,
  findings: Findings,
  board: string,
  doc: Y.Doc,
): void {
  const { changes, nonconforming } = readChanges(doc);
  for (const { path, reason } of nonconforming) findings.add('change board', `${board} ${path}: ${reason}`);
  const rows = statements.prepare('select data from change where live = 1').all() as { data: string }[];
  const isHidden = hiddenIn(statements);
  const expected = readable(rows, changeOf, () => undefined).map((row) => withoutHidden(row, isHidden));
  compareWithRows<Change>(findings, 'change board', board, changes, expected, numberOrId);
}

/** The templates and boards among the rules are those that are there; the rest follows from settings and people. */
export function compareChangeRules(statements: Statements, findings: Findings, doc: Y.Doc): void {
  const { rules, nonconforming } = readChangeRules(doc);
  for (const { path, reason } of nonconforming) findings.add('rules', `rules/change ${path}: ${reason}`);
  const shown = new Map<string, ChangeTemplate>(rules.templates);
  const rows = statements.prepare('select data from change_template').all() as { data: string }[];
  for (const template of readable(rows, templateOf, () => undefined)) {
    const found = shown.get(template.id);
    shown.delete(template.id);
    if (canonicalJson(found ?? null) !== canonicalJson(template))
      findings.add('rules', `rules/change shows template ${template.id} otherwise than it is`);
  }
  for (const id of shown.keys())
    findings.add('rules', `rules/change shows template ${id}, which is not there`);
  const boards = statements.prepare('select data from change_board order by id').all() as { data: string }[];
  const made = readable(boards, boardOf, () => undefined);
  if (canonicalJson(made) !== canonicalJson([...rules.boards.values()]))
    findings.add('rules', 'rules/change shows other boards than there are');
  for (const [root, prefix] of [['windows', 'change.window:']] as const) {
    const kept = statements
      .prepare('select value from setting where key like ? order by key')
      .pluck()
      .all(`${prefix}%`) as string[];
    const wanted = kept
      .map((value) => JSON.parse(value) as object)
      .filter((rule) => !('removed' in rule))
      .map(canonicalJson);
    if (canonicalJson(wanted) !== canonicalJson(rules[root].map((each) => canonicalJson(each))))
      findings.add('rules', `rules/change shows other ${root} than were set`);
  }
}

/** A history of whole events, as changes, templates and releases have it. */
export function comparePlainHistory(
  statements: Statements,
  findings: Findings,
  name: { readonly raw: string; readonly id: RecordId },
  doc: Y.Doc,
): void {
  const recorded = historyOf(statements, name.id, () => undefined) ?? [];
  const isHidden = hiddenIn(statements);
  const expected = problemEventsWithoutHidden(eventsWithoutHidden(recorded, isHidden), isHidden);
  const { events, nonconforming } = readPlainEvents(doc);
  for (const { path, reason } of nonconforming) findings.add('history', `${name.raw} ${path}: ${reason}`);
  const at = expected.findIndex((one, index) => canonicalJson(one) !== canonicalJson(events[index] ?? null));
  const event = expected[at];
  if (event !== undefined)
    findings.add('history', `${name.raw} does not hold version ${event.version} as it happened`);
  else if (events.length > expected.length)
    findings.add('history', `${name.raw} holds ${events.length} events, and there are ${expected.length}`);
}
