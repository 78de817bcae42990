import { REVIEW_HEADINGS, addEntry, addTask, changeTask, roomFragment, writtenList } from '@muster/documents';
import * as Y from 'yjs';
import { stableId } from '../../import/stable-id.ts';
import type { Store } from '../../store/store.ts';
import { writeRoom } from '../write-room.ts';
import type { StagedMajor } from './histories.ts';
import type { MajorScene, Part } from './scene.ts';

const MINUTE_MS = 60_000;

/** Writes what was seen, done and said into the rooms, everybody by their own hand. */
export async function writeMajorRooms(store: Store, staged: readonly StagedMajor[]): Promise<void> {
  for (const major of staged)
    for (const part of Object.keys(major.people) as Part[])
      await writeRoom(store, major.id, major.people[part].id, (doc) => write(doc, major, part));
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
