/** What changes are shown in, made from SQL: their board, their rules, their histories, their rooms. */
import { CHANGE_RULES_NAME, seedPlans } from '@muster/documents';
import {
  appendPlainEvents,
  readChangeRules,
  seedChangeBoard,
  writeChange,
  writeChangeRules,
} from '@muster/documents/change';
import type { ChangeRules } from '@muster/documents/change';
import { eventsWithoutHidden, evolveTemplate, withoutHidden } from '@muster/domain/change';
import type { ChangeTemplate, TemplateEvent } from '@muster/domain/change';
import type { Recorded, RecordId } from '@muster/domain/shared';
import type * as Y from 'yjs';
import type { Events } from '../../../commands/events.ts';
import { CHANGE_STAYS_MS, changeOf } from '../../changes.ts';
import type { Statements } from '../statements.ts';
import type { WriteUnit } from '../write-unit.ts';
import { hiddenIn } from './hidden-incidents.ts';
import type { DocumentLogTables } from './log.ts';
import type { ServerDocuments } from './server-documents.ts';
import { ensureSingle } from './single-document.ts';

/** Lets changes go that have been over for long, and tells what fills a new board with those that stay. */
export function changeBoardContent(statements: Statements, now: number): (doc: Y.Doc) => void {
  statements
    .prepare('update change set live = 0 where live = 1 and closed_at < ?')
    .run(now - CHANGE_STAYS_MS);
  const rows = statements.prepare('select data from change where live = 1 order by id').all() as {
    data: string;
  }[];
  return (doc) => {
    seedChangeBoard(doc);
    const isHidden = hiddenIn(statements);
    for (const row of rows) writeChange(doc, withoutHidden(changeOf(row), isHidden));
  };
}

/** Makes the document of rules say what stands; only what differs is written. */
export function writeRulesDocument(
  unit: WriteUnit,
  parts: { readonly log: DocumentLogTables; readonly server: ServerDocuments },
  rules: ChangeRules,
  generation: number,
  now: number,
): void {
  ensureSingle(unit, parts, { name: CHANGE_RULES_NAME, kind: 'rules', team: null }, generation, now);
  parts.server.change(unit, CHANGE_RULES_NAME, now, (doc) => {
    // what no code of today wrote says nothing
    for (const { path } of readChangeRules(doc).nonconforming) {
      const [root = '', ...key] = path.split('.');
      doc.getMap(root).delete(key.join('.'));
    }
    writeChangeRules(doc, rules);
  });
}

/** Whether an id is that of a change, or of one of its templates, which have a history and no room. */
export function changeKindOf(statements: Statements, id: RecordId): 'change' | 'template' | null {
  const row = statements
    .prepare(
      `select 'change' as kind from change where id = ? union all
       select 'template' from change_template where id = ?`,
    )
    .get(id, id) as { kind: 'change' | 'template' } | undefined;
  return row?.kind ?? null;
}

export async function changeJournal(
  statements: Statements,
  events: Events,
  id: RecordId,
): Promise<(doc: Y.Doc) => void> {
  const recorded = eventsWithoutHidden(await events.since(id, 0), hiddenIn(statements));
  return (doc) => appendPlainEvents(doc, recorded);
}

/** What the room of a change holds before anybody writes in it: the plans of its template, as they were approved. */
export async function changeRoomStart(
  statements: Statements,
  events: Events,
  id: RecordId,
): Promise<(doc: Y.Doc) => void> {
  const row = statements.prepare('select data from change where id = ?').get(id) as { data: string };
  const { template } = changeOf(row);
  if (template === null) return () => undefined;
  const history = await events.since<TemplateEvent>(template.id, 0);
  const plans = templateIn(history, template.id, template.version)?.plans ?? {};
  return (doc) => seedPlans(doc, plans);
}

/** A template as one of its revisions had it. */
function templateIn(
  history: readonly Recorded<TemplateEvent>[],
  id: RecordId,
  revision: number,
): ChangeTemplate | null {
  let state: ChangeTemplate | null = null;
  for (const { event, actor, at } of history) {
    const next: ChangeTemplate = evolveTemplate(state, event, { actor, at }, id);
    if (next.revision > revision) break;
    state = next;
  }
  return state;
}
