import { KINDS } from '@muster/documents';
import type { WriteUnit } from '../write-unit.ts';
import { freshClientId } from './client-ids.ts';
import type { DocumentLogTables } from './log.ts';
import type { ServerDocuments } from './server-documents.ts';

/** Makes a document of which there is one, whose kind is its name, unless it is there in the layout of today. */
export function ensureSingle(
  unit: WriteUnit,
  { log, server }: { readonly log: DocumentLogTables; readonly server: ServerDocuments },
  kind: 'notice' | 'oncall',
  generation: number,
  now: number,
): void {
  const known = log.find(kind);
  const isOutdated = known !== undefined && known.layout !== KINDS[kind].layout;
  if (isOutdated) {
    server.forget(kind);
    log.drop(kind);
    unit.epochs.push({ old: kind, next: kind, reason: 'layout' });
  }
  if (known !== undefined && !isOutdated) return;
  log.make({
    name: kind,
    kind,
    base: kind,
    epoch: known === undefined ? generation : known.epoch + 1,
    server_client_id: freshClientId(),
    layout: KINDS[kind].layout,
    restricted_to: null,
    made_at: now,
  });
}
