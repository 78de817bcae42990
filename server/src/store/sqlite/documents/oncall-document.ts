import { ONCALL_NAME, readSchedules, removeSchedule, writeSchedule } from '@muster/documents';
import type { Schedule, ScheduleId } from '@muster/domain/shared';
import { canonicalJson } from '../../canonical-json.ts';
import type { WriteUnit } from '../write-unit.ts';
import type { DocumentLogTables } from './log.ts';
import type { ServerDocuments } from './server-documents.ts';
import { ensureSingle } from './single-document.ts';

/** Makes the document of schedules say what the table says; only what differs is written. */
export function writeSchedules(
  unit: WriteUnit,
  parts: { readonly log: DocumentLogTables; readonly server: ServerDocuments },
  schedules: ReadonlyMap<ScheduleId, Schedule>,
  generation: number,
  now: number,
): void {
  ensureSingle(unit, parts, { name: ONCALL_NAME, kind: 'oncall', team: null }, generation, now);
  parts.server.change(unit, ONCALL_NAME, now, (doc) => {
    const there = readSchedules(doc).schedules;
    for (const id of doc.getMap('schedules').keys())
      if (!schedules.has(id as ScheduleId)) removeSchedule(doc, id);
    for (const [id, schedule] of schedules)
      if (canonicalJson(there.get(id)) !== canonicalJson(schedule)) writeSchedule(doc, schedule);
  });
}
