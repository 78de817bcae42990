import { seedRoom } from '@muster/documents';
import * as Y from 'yjs';

/** A room's first words, for servers that have no records to make rooms of. */
export function fewWords(index: number): Y.Doc {
  const doc = new Y.Doc();
  seedRoom(doc, `Something does not work (${index}), seen by three people on the second floor.`);
  return doc;
}
