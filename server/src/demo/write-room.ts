import { roomName } from '@muster/documents';
import type { PersonId, RecordId } from '@muster/domain/shared';
import * as Y from 'yjs';
import type { Store } from '../store/store.ts';

/** Writes into the room of a record by the hand of one person, after all that stands there. */
export async function writeRoom(
  store: Store,
  record: RecordId,
  person: PersonId,
  write: (doc: Y.Doc) => void,
): Promise<void> {
  const name = roomName(record);
  const loaded = await store.documents.load(name);
  if (loaded === null) throw new Error(`the demonstration has no room for ${record}`);
  const doc = new Y.Doc();
  for (const update of [...(loaded.snapshot === null ? [] : [loaded.snapshot]), ...loaded.tail])
    Y.applyUpdate(doc, update);
  const before = Y.encodeStateVector(doc);
  doc.transact(() => write(doc));
  const update = Y.encodeStateAsUpdate(doc, before);
  const request = { name, person, session: 'demonstration', clientIds: [doc.clientID], update };
  const outcome = await store.documents.append(request);
  if (!outcome.ok) throw new Error(`demonstration: room refused with ${outcome.code}`);
}
