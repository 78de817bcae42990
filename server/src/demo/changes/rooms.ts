import { roomFragment, roomName } from '@muster/documents';
import type { PlanName } from '@muster/domain/change';
import type { PersonId, RecordId } from '@muster/domain/shared';
import * as Y from 'yjs';
import type { Store } from '../../store/store.ts';

export type Plans = Readonly<Partial<Record<PlanName, readonly string[]>>>;

/** Writes the plans of a change into its room, a paragraph a line, by the hand of one person. */
export async function writePlans(
  store: Store,
  change: RecordId,
  person: PersonId,
  plans: Plans,
): Promise<void> {
  const name = roomName(change);
  const loaded = await store.documents.load(name);
  if (loaded === null) throw new Error(`the demonstration has no room for ${change}`);
  const doc = new Y.Doc();
  for (const update of [...(loaded.snapshot === null ? [] : [loaded.snapshot]), ...loaded.tail])
    Y.applyUpdate(doc, update);
  const before = Y.encodeStateVector(doc);
  doc.transact(() => {
    for (const [plan, lines] of Object.entries(plans) as [PlanName, readonly string[]][])
      roomFragment(doc, plan).insert(0, lines.map(paragraph));
  });
  const update = Y.encodeStateAsUpdate(doc, before);
  const request = { name, person, session: 'demonstration', clientIds: [doc.clientID], update };
  const outcome = await store.documents.append(request);
  if (!outcome.ok) throw new Error(`demonstration: room refused with ${outcome.code}`);
}

function paragraph(words: string): Y.XmlElement {
  const element = new Y.XmlElement('paragraph');
  element.insert(0, [new Y.XmlText(words)]);
  return element;
}
