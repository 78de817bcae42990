import { KINDS } from '@muster/documents';
import type { TeamId } from '@muster/domain/shared';
import type { WriteUnit } from '../write-unit.ts';
import { freshClientId } from './client-ids.ts';
import type { DocumentLogTables } from './log.ts';
import type { ServerDocuments } from './server-documents.ts';

interface SingleDocument {
  readonly name: string;
  readonly kind: 'notice' | 'oncall' | 'rules' | 'configuration-rules';
  /** The team whose members alone read it. */
  readonly team: TeamId | null;
}

/** Makes a document without epochs, the server's own or a team's, unless it is there in the layout of today. */
export function ensureSingle(
  unit: WriteUnit,
  { log, server }: { readonly log: DocumentLogTables; readonly server: ServerDocuments },
  { name, kind, team }: SingleDocument,
  generation: number,
  now: number,
): void {
  const known = log.find(name);
  const isOutdated = known !== undefined && known.layout !== KINDS[kind].layout;
  if (isOutdated) {
    server.forget(name);
    log.drop(name);
    unit.epochs.push({ old: name, next: name, reason: 'layout' });
  }
  if (known !== undefined && !isOutdated) return;
  log.make({
    name,
    kind,
    base: name,
    epoch: known === undefined ? generation : known.epoch + 1,
    server_client_id: freshClientId(),
    layout: KINDS[kind].layout,
    restricted_to: team,
    made_at: now,
  });
}
