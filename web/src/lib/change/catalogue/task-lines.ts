import type { TemplateTask } from '@muster/domain/change';

/**
 * The tasks of a standard change as lines of text, each after the one before it. A line that was there keeps its task
 * with everything that it has, so that changes made from it know it still.
 */
export function tasksOfLines(
  text: string,
  before: readonly TemplateTask[],
  newId: () => string,
): readonly TemplateTask[] {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  if (lines.join('\n') === before.map(({ title }) => title).join('\n')) return before;
  const left = [...before];
  const tasks: TemplateTask[] = [];
  for (const title of lines) {
    const at = left.findIndex((task) => task.title === title);
    const [known] = at === -1 ? [] : left.splice(at, 1);
    const previous = tasks.at(-1);
    tasks.push({
      ...(known ?? {
        id: newId(),
        title,
        kind: 'implementation',
        owner: null,
        team: null,
        plannedMinutes: null,
        backout: '',
      }),
      after: previous === undefined ? [] : [previous.id],
    });
  }
  return tasks;
}
