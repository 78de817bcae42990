import {
  REVIEW_HEADINGS,
  addEntry,
  addTask,
  changeTask,
  roomFragment,
  roomName,
  writtenList,
} from '@muster/documents';
import type { PersonId } from '@muster/domain/shared';
import * as Y from 'yjs';
import { stableId } from '../../import/stable-id.ts';
import type { Store } from '../../store/store.ts';
import type { StagedMajor } from './histories.ts';
import type { MajorScene, Part } from './scene.ts';

const MINUTE_MS = 60_000;

/** Writes what was seen, done and said into the rooms, everybody by their own hand. */
export async function writeMajorRooms(store: Store, staged: readonly StagedMajor[]): Promise<void> {
  for (const major of staged) await writeRoom(store, major);
}

async function writeRoom(store: Store, major: StagedMajor): Promise<void> {
  const name = roomName(major.id);
  const loaded = await store.documents.load(name);
  if (loaded === null) throw new Error(`the demonstration has no room for ${major.scene.key}`);
  const parts = Object.keys(major.people) as Part[];
  const updates: Uint8Array[] = [...(loaded.snapshot === null ? [] : [loaded.snapshot]), ...loaded.tail];
  for (const part of parts) {
    const doc = new Y.Doc();
    for (const update of updates) Y.applyUpdate(doc, update);
    const before = Y.encodeStateVector(doc);
    write(doc, major, part);
    const update = Y.encodeStateAsUpdate(doc, before);
    updates.push(update);
    await append(store, name, major.people[part].id, doc.clientID, update);
  }
}

async function append(
  store: Store,
  name: string,
  person: PersonId,
  clientId: number,
  update: Uint8Array,
): Promise<void> {
  const request = { name, person, session: 'demonstration', clientIds: [clientId], update };
  const outcome = await store.documents.append(request);
  if (!outcome.ok) throw new Error(`demonstration: room refused with ${outcome.code}`);
}

/** Under each heading of the review stands an empty paragraph, which its writer fills. */
function writeReview(doc: Y.Doc, { review }: MajorScene): void {
  const blocks = roomFragment(doc, 'review').toArray();
  REVIEW_HEADINGS.forEach((heading, index) => {
    const words = review[heading];
    const paragraph = blocks[2 * index + 1];
    if (words !== undefined && paragraph instanceof Y.XmlElement) paragraph.insert(0, [new Y.XmlText(words)]);
  });
}

function write(doc: Y.Doc, { scene, from, people }: StagedMajor, part: Part): void {
  if (part === 'scribe') writeReview(doc, scene);

  const by = people[part].id;
  const at = (minute: number) => from + minute * MINUTE_MS;
  scene.entries.forEach(([minute, who, kind, text], index) => {
    if (who !== part) return;
    const id = stableId('demo', 'entry', `${scene.key}-${index}`);
    addEntry(doc, { id, at: at(minute), writtenAt: at(minute), by, kind, text, source: null });
  });
  scene.tasks.forEach((task, index) => {
    const taskId = stableId('demo', 'task', `${scene.key}-${index}`);
    if (task.who !== part) return;
    addTask(doc, { id: taskId, writtenAt: at(task.minute), by, text: task.text });
    const stored = writtenList(doc, 'checklist').toArray().at(-1);
    const mark = (kind: string, minute: number, set: Parameters<typeof changeTask>[1]['set']): void => {
      const id = stableId('demo', kind, `${scene.key}-${index}`);
      changeTask(stored, { id, by, at: at(minute), set });
    };
    mark('owner', task.minute, { owner: people[task.owner].id, dueAt: at(task.minute + 45) });
    if (task.evidence !== null) mark('tick', task.minute + 12, { done: true, evidence: task.evidence });
  });
}
