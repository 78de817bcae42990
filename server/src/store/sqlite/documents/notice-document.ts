import { noticeName, readAnnouncements, removeAnnouncement, writeAnnouncement } from '@muster/documents';
import { withoutItems } from '@muster/domain/desk';
import type { Announcement } from '@muster/domain/desk';
import type { TeamId } from '@muster/domain/shared';
import type { Kysely } from 'kysely';
import { announcementOf } from '../../../commands/announcements.ts';
import { canonicalJson } from '../../canonical-json.ts';
import type { Database } from '../../schema.ts';
import type { WriteUnit } from '../write-unit.ts';
import type { DocumentLogTables } from './log.ts';
import type { ServerDocuments } from './server-documents.ts';
import { ensureSingle } from './single-document.ts';

/** How long what is over stays in everybody's local copy; older ones are on the server alone. */
const STAYS_MS = 30 * 24 * 60 * 60 * 1000;

/** Whose notice documents show an announcement: everybody's, or those of its teams. */
export function noticesOf({ audience }: Announcement): readonly (TeamId | null)[] {
  return audience.length === 0 ? [null] : audience;
}

/** Makes the notice document of everybody, or of one team, say what the table says; only what differs is written. */
export async function writeNotices(
  unit: WriteUnit,
  parts: { readonly db: Kysely<Database>; readonly log: DocumentLogTables; readonly server: ServerDocuments },
  team: TeamId | null,
  generation: number,
  now: number,
): Promise<void> {
  const name = noticeName(team);
  const published = (await loadPublished(parts.db, now)).filter(({ audience }) =>
    team === null ? audience.length === 0 : audience.includes(team),
  );
  const wanted = new Map<string, Announcement>(published.map((each) => [each.id, each]));
  ensureSingle(unit, parts, { name, kind: 'notice', team }, generation, now);
  parts.server.change(unit, name, now, (doc) => {
    const there = new Map(readAnnouncements(doc).announcements.map((each) => [each.id as string, each]));
    for (const id of there.keys()) if (!wanted.has(id)) removeAnnouncement(doc, id);
    for (const [id, announcement] of wanted) {
      if (canonicalJson(there.get(id)) !== canonicalJson(withoutItems(announcement)))
        writeAnnouncement(doc, announcement);
    }
  });
}

async function loadPublished(db: Kysely<Database>, now: number): Promise<readonly Announcement[]> {
  const rows = await db
    .selectFrom('announcement')
    .select('data')
    .where('published_at', 'is not', null)
    .where((on) => on.or([on('ended_at', 'is', null), on('ended_at', '>', now - STAYS_MS)]))
    .orderBy('id')
    .execute();
  return rows.map(announcementOf);
}
