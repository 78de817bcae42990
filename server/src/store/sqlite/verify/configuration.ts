/** Every item and relation against its events and columns, the rules against theirs, and the board that shows them. */
import { readConfiguration, readConfigurationRules, readPlainEvents } from '@muster/documents/configuration';
import {
  CONFIGURATION_RULES,
  DEFAULT_CONFIGURATION_RULES,
  evolveItem,
  evolveRelation,
  evolveRules,
} from '@muster/domain/configuration';
import type {
  ConfigurationItem,
  ConfigurationRules,
  ItemEvent,
  KeptRelation,
  RelationEvent,
  RulesEvent,
} from '@muster/domain/configuration';
import { recordId } from '@muster/domain/shared';
import type { RecordId, Recorded } from '@muster/domain/shared';
import type { Selectable } from 'kysely';
import type * as Y from 'yjs';
import { canonicalJson } from '../../canonical-json.ts';
import { itemColumns, itemOf, relationOf, rulesOf } from '../../configuration.ts';
import type { RelationRow } from '../../configuration.ts';
import type { ConfigurationItemTable, ConfigurationRulesTable } from '../../schema-configuration.ts';
import { boardRows, configurationHistory } from '../documents/configuration-documents.ts';
import type { Statements } from '../statements.ts';
import { historyOf } from './changes.ts';
import { differenceOf } from './difference.ts';
import type { Findings } from './findings.ts';
import { readable } from './readable.ts';

/** How many items and relations there are. */
export function verifyConfiguration(statements: Statements, findings: Findings): number {
  verifyRules(statements, findings);
  return verifyItems(statements, findings) + verifyRelations(statements, findings);
}

function verifyItems(statements: Statements, findings: Findings): number {
  const rows = statements
    .prepare('select * from configuration_item order by id')
    .all() as Selectable<ConfigurationItemTable>[];
  for (const row of rows) {
    const unreadable = () => findings.add('item', `${row.number} cannot be read`);
    const [item] = readable([row], itemOf, unreadable);
    const recorded = historyOf<ItemEvent>(statements, row.id, unreadable);
    if (item === undefined || recorded === null) continue;
    const folded = recorded.reduce<ConfigurationItem | null>(
      (state, each) => evolveItem(state, each.event, each, recordId(row.id)),
      null,
    );
    const difference = folded === null ? 'no event makes it' : differenceOf(item, keptOf(item, folded));
    if (difference !== null) findings.add('item', `${row.number} is not what its events say: ${difference}`);
    const column = differenceOf(row, itemColumns(item));
    if (column !== null) findings.add('item column', `${row.number} has another ${column}`);
    if (row.live === 0 && item.state !== 'disposed')
      findings.add('item column', `${row.number} is not disposed of and on no board`);
  }
  return rows.length;
}

/** What its events say, without when it was changed where that was not kept yet at its last change. */
function keptOf(item: ConfigurationItem, { changedAt, ...folded }: ConfigurationItem): ConfigurationItem {
  return item.changedAt === undefined || changedAt === undefined ? folded : { ...folded, changedAt };
}

function verifyRelations(statements: Statements, findings: Findings): number {
  const rows = statements.prepare('select * from configuration_relation order by id').all() as RelationRow[];
  for (const row of rows) {
    const unreadable = () => findings.add('relation', `${row.id} cannot be read`);
    const recorded = historyOf<RelationEvent>(statements, row.id, unreadable);
    if (recorded === null) continue;
    const folded = recorded.reduce<KeptRelation | null>(
      (state, each) => evolveRelation(state, each.event, each, recordId(row.id)),
      null,
    );
    const difference = folded === null ? 'no event makes it' : differenceOf(relationOf(row), folded);
    if (difference !== null) findings.add('relation', `${row.id} is not what its events say: ${difference}`);
  }
  return rows.length;
}

function verifyRules(statements: Statements, findings: Findings): void {
  const row = statements
    .prepare('select * from configuration_rules where id = ?')
    .get(CONFIGURATION_RULES) as Selectable<ConfigurationRulesTable> | undefined;
  const unreadable = () => findings.add('configuration rules', 'they cannot be read');
  const recorded = historyOf<RulesEvent>(statements, CONFIGURATION_RULES, unreadable);
  if (row === undefined || recorded === null) return;
  const folded = recorded.reduce(
    (state, each) => evolveRules(state, each.event, each),
    DEFAULT_CONFIGURATION_RULES,
  );
  const [rules] = readable([row], rulesOf, unreadable);
  const difference = rules === undefined ? null : differenceOf(rules, saidBy(recorded, folded));
  if (difference !== null)
    findings.add('configuration rules', `they are not what their events say: ${difference}`);
}

/**
 * As much of the rules as their events say. With the first of them stood what a desk began with at that time, and a
 * later version begins a desk with more.
 */
function saidBy(
  recorded: readonly Recorded<RulesEvent>[],
  { classes, types, ...rest }: ConfigurationRules,
): Partial<ConfigurationRules> {
  const isSet = (type: RulesEvent['type']) =>
    recorded.length === 0 || recorded.some(({ event }) => event.type === type);
  return {
    ...rest,
    ...(isSet('classes-set') ? { classes } : {}),
    ...(isSet('relation-types-set') ? { types } : {}),
  };
}

/** The board shows each item and relation that is on it, as it is, and no other. */
export function compareConfigurationBoard(
  statements: Statements,
  findings: Findings,
  board: string,
  doc: Y.Doc,
): void {
  const kind = 'configuration board';
  const { items, relations, nonconforming } = readConfiguration(doc);
  for (const { path, reason } of nonconforming) findings.add(kind, `${board} ${path}: ${reason}`);
  const shown = new Map<string, ConfigurationItem>(items);
  const drawn = new Map(relations);
  const stands = boardRows(statements);
  for (const { key, data } of stands.items) {
    const [item] = readable([{ data }], itemOf, () => undefined);
    if (item === undefined) continue;
    const found = shown.get(String(key));
    shown.delete(String(key));
    const difference = found === undefined ? null : differenceOf(found, item);
    if (found === undefined) findings.add(kind, `${board} lacks ${item.number}`);
    else if (difference !== null)
      findings.add(kind, `${board} shows ${item.number} with another ${difference}`);
  }
  for (const { row } of stands.relations) {
    const found = drawn.get(String(row.key));
    drawn.delete(String(row.key));
    const { id, type, from, to } = relationOf(row);
    const difference = found === undefined ? null : differenceOf(found, { id, type, from, to });
    if (found === undefined) findings.add(kind, `${board} lacks the relation ${id}`);
    else if (difference !== null)
      findings.add(kind, `${board} shows the relation ${id} with another ${difference}`);
  }
  for (const { number, id } of shown.values())
    findings.add(kind, `${board} shows ${number ?? id}, which is not on it`);
  for (const { id } of drawn.values())
    findings.add(kind, `${board} shows the relation ${id}, which is not on it`);
}

/** The history of an item tells of its relations, too. */
export function compareConfigurationHistory(
  statements: Statements,
  findings: Findings,
  { raw, id }: { readonly raw: string; readonly id: RecordId },
  doc: Y.Doc,
): void {
  const { events, nonconforming } = readPlainEvents<{ readonly type: string }>(doc);
  for (const { path, reason } of nonconforming) findings.add('history', `${raw} ${path}: ${reason}`);
  if (canonicalJson(events) !== canonicalJson(configurationHistory(statements, id)))
    findings.add('history', `${raw} tells another history than happened`);
}

export function compareConfigurationRules(statements: Statements, findings: Findings, doc: Y.Doc): void {
  const row = statements
    .prepare('select * from configuration_rules where id = ?')
    .get(CONFIGURATION_RULES) as Selectable<ConfigurationRulesTable> | undefined;
  if (row === undefined) return;
  const difference = differenceOf(readConfigurationRules(doc), rulesOf(row));
  if (difference !== null)
    findings.add('configuration rules', `rules/configuration shows another ${difference}`);
}
