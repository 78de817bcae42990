/** Opening a runbook into a room: its steps become tasks. */
import type { Instant, PersonId, Runbook } from '@muster/domain/shared';
import { stepsInOrder } from '@muster/domain/incident';
import type * as Y from 'yjs';
import { addTask, readTasks } from './task.ts';
import type { Task } from './task.ts';

/**
 * Adds the steps that are not there yet, in one transaction; answers their ids. A task has the id of its step, so what
 * two people add apart is read as one; a task that was hidden is there too, and stays hidden.
 */
export function openRunbook(
  doc: Y.Doc,
  runbook: Runbook,
  { by, at }: { readonly by: PersonId; readonly at: Instant },
  origin?: unknown,
): readonly string[] {
  const there = new Set(readTasks(doc).tasks.map(({ id }) => id));
  const added: string[] = [];
  doc.transact(() => {
    for (const [place, { id, phase, words, link }] of stepsInOrder(runbook).entries()) {
      if (there.has(id)) continue;
      const made = { runbook: runbook.id, name: runbook.name, phase, place, words, link };
      addTask(doc, { id, writtenAt: at, by, text: words, origin: made }, origin);
      added.push(id);
    }
  }, origin);
  return added;
}

/** Whether nobody ticked, took, set a time for or reworded a step since it was opened: only such are taken back (INC-143). */
export function isUntouchedStep({ origin, text, marks }: Task): boolean {
  const isOnlyHidden = marks.every(({ set }) => Object.keys(set).every((fact) => fact === 'hidden'));
  return origin !== null && text === origin.words && isOnlyHidden;
}
