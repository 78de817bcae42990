import { roomFragment } from '@muster/documents';
import type { PlanName } from '@muster/domain/change';
import type { PersonId, RecordId } from '@muster/domain/shared';
import * as Y from 'yjs';
import type { Store } from '../../store/store.ts';
import { writeRoom } from '../write-room.ts';

export type Plans = Readonly<Partial<Record<PlanName, readonly string[]>>>;

/** Writes the plans of a change into its room, a paragraph a line, by the hand of one person. */
export async function writePlans(
  store: Store,
  change: RecordId,
  person: PersonId,
  plans: Plans,
): Promise<void> {
  await writeRoom(store, change, person, (doc) => {
    for (const [plan, lines] of Object.entries(plans) as [PlanName, readonly string[]][])
      roomFragment(doc, plan).insert(0, lines.map(paragraph));
  });
}

function paragraph(words: string): Y.XmlElement {
  const element = new Y.XmlElement('paragraph');
  element.insert(0, [new Y.XmlText(words)]);
  return element;
}
