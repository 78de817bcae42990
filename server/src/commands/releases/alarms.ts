/** Alarms of releases that are watched, for incidents that were just opened or moved to another service. */
import { alarmsDue } from '@muster/domain/release';
import { SYSTEM_ACTOR } from '@muster/domain/shared';
import type { CommandEnvelope } from '@muster/domain/shared';
import type { Kysely } from 'kysely';
import { releaseOf } from '../../store/releases.ts';
import type { Database } from '../../store/schema.ts';
import type { MapDesk } from '../../store/store.ts';
import { derivedCommandId } from '../derived-id.ts';
import type { RecordChange } from '../projection.ts';
import { incidentFact, releaseFacts } from './release-facts.ts';

/** The commands `release.note-alarm` that are due, each once for its incident. What was imported alarms nobody. */
export async function alarmsFollowing(
  db: Kysely<Database>,
  map: Pick<MapDesk, 'servicesOf'>,
  written: readonly RecordChange[],
  now: number,
): Promise<readonly CommandEnvelope[]> {
  const incidents = written.flatMap(({ before, after, imported }) => {
    const isMoved = before === null || before.service !== after.service;
    const fact = isMoved && !imported ? incidentFact(after) : null;
    return fact === null ? [] : [fact];
  });
  if (incidents.length === 0) return [];
  const rows = await db.selectFrom('release').select('data').where('state', '=', 'hypercare').execute();
  const commands: CommandEnvelope[] = [];
  for (const release of rows.map(releaseOf)) {
    const needed = { changes: release.members, incidents: [] };
    const facts = await releaseFacts(db, map, needed, SYSTEM_ACTOR);
    for (const { id: incident } of alarmsDue(release, incidents, facts)) {
      const id = derivedCommandId(`alarm:${release.id}:${incident}`, now);
      const args = { incident };
      const { id: target, version: basis } = release;
      commands.push({ id, type: 'release.note-alarm', target, args, basis, clientAt: now });
    }
  }
  return commands;
}
