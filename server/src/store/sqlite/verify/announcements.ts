/** Every announcement against its events, and the documents `notice` against what is published. */
import { readAnnouncements } from '@muster/documents';
import type { DocumentName } from '@muster/documents';
import { evolveAnnouncement, isPublished, withoutItems } from '@muster/domain/desk';
import type { Announcement } from '@muster/domain/desk';
import { recordId } from '@muster/domain/shared';
import type { Selectable } from 'kysely';
import type * as Y from 'yjs';
import { announcementColumns, announcementEventOf, announcementOf } from '../../../commands/announcements.ts';
import { canonicalJson } from '../../canonical-json.ts';
import type { AnnouncementEventTable, AnnouncementTable } from '../../schema-announcements.ts';
import type { Statements } from '../statements.ts';
import { differenceOf } from './difference.ts';
import { noticesOf } from '../documents/notice-document.ts';
import type { Findings } from './findings.ts';
import { readable } from './readable.ts';

export function verifyAnnouncements(statements: Statements, findings: Findings): void {
  const events = statements.prepare(
    'select * from announcement_event where announcement = ? order by version',
  );
  const rows = statements.prepare('select * from announcement order by id').all();
  for (const row of rows as Selectable<AnnouncementTable>[]) {
    const name = `announcement ${row.id}`;
    const unreadable = () => findings.add('announcement', `${name} cannot be read`);
    const [there] = readable([row], announcementOf, unreadable);
    const history = events.all(row.id) as Selectable<AnnouncementEventTable>[];
    const recorded = readable(history, announcementEventOf, unreadable);
    if (there === undefined || recorded.length < history.length) continue;
    const folded = recorded.reduce<Announcement | null>(
      (state, { event, actor, at }) => evolveAnnouncement(state, event, { actor, at }, recordId(row.id)),
      null,
    );
    if (canonicalJson(folded) !== canonicalJson(there))
      findings.add('announcement', `${name} is not what its events say`);
    const column = differenceOf(row, announcementColumns(there));
    if (column !== null) findings.add('announcement', `${name} has another ${column}`);
  }
}

/** Whatever the document shows is there, published, as it shows it; what has ended may have left it. */
export function compareNotice(
  statements: Statements,
  findings: Findings,
  { raw, team }: Extract<DocumentName, { readonly kind: 'notice' }>,
  doc: Y.Doc,
): void {
  const { announcements, nonconforming } = readAnnouncements(doc);
  for (const { path, reason } of nonconforming) findings.add('notice', `${raw} ${path}: ${reason}`);
  const shown = new Map<string, Announcement>(announcements.map((each) => [each.id, each]));
  const rows = statements.prepare('select data from announcement').all() as { data: string }[];
  const stored = readable(rows, announcementOf, () => undefined).filter(
    (each) => isPublished(each) && noticesOf(each).includes(team),
  );
  for (const each of stored) {
    const found = shown.get(each.id);
    shown.delete(each.id);
    if (found === undefined && each.endedAt !== null) continue;
    if (found === undefined) findings.add('notice', `${raw} lacks ${each.id}`);
    else if (canonicalJson(found) !== canonicalJson(withoutItems(each)))
      findings.add('notice', `${raw} shows ${each.id} otherwise than it is`);
  }
  for (const id of shown.keys()) findings.add('notice', `${raw} shows ${id}, which is not published for it`);
}
