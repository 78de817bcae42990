import {
  KINDS,
  NOTICE_NAME,
  readAnnouncements,
  removeAnnouncement,
  writeAnnouncement,
} from '@muster/documents';
import type { Announcement } from '@muster/documents';
import { serviceId } from '@muster/domain/shared';
import type { Kysely } from 'kysely';
import type { Database } from '../../schema.ts';
import { canonicalJson } from '../../canonical-json.ts';
import type { WriteUnit } from '../write-unit.ts';
import { freshClientId } from './client-ids.ts';
import type { DocumentLogTables } from './log.ts';
import type { ServerDocuments } from './server-documents.ts';

/** Makes the notice document say what the table says; only what differs is written. */
export async function writeNotices(
  unit: WriteUnit,
  parts: { readonly db: Kysely<Database>; readonly log: DocumentLogTables; readonly server: ServerDocuments },
  generation: number,
  now: number,
): Promise<void> {
  const wanted = new Map((await loadAnnouncements(parts.db)).map((each) => [each.id, each]));
  if (parts.log.find(NOTICE_NAME) === undefined) {
    parts.log.make({
      name: NOTICE_NAME,
      kind: 'notice',
      base: NOTICE_NAME,
      epoch: generation,
      server_client_id: freshClientId(),
      layout: KINDS.notice.layout,
      restricted_to: null,
      made_at: now,
    });
  }
  parts.server.change(unit, NOTICE_NAME, now, (doc) => {
    const there = new Map(readAnnouncements(doc).announcements.map((each) => [each.id, each]));
    for (const id of there.keys()) if (!wanted.has(id)) removeAnnouncement(doc, id);
    for (const [id, announcement] of wanted) {
      if (canonicalJson(there.get(id)) !== canonicalJson(announcement)) writeAnnouncement(doc, announcement);
    }
  });
}

async function loadAnnouncements(db: Kysely<Database>): Promise<readonly Announcement[]> {
  const rows = await db.selectFrom('notice').selectAll().orderBy('at').execute();
  return rows.map((row) => ({
    id: row.id,
    at: row.at,
    until: row.until,
    kind: row.kind,
    title: row.title,
    text: row.text,
    service: row.service === null ? null : serviceId(row.service),
  }));
}
