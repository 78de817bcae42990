/** The order among tasks that their predecessors make. */
interface Node {
  readonly id: string;
  readonly after: readonly string[];
}

/** A ring of tasks that would wait for each other, from one of them round to itself; null when there is none. */
export function findCycle(tasks: readonly Node[]): readonly string[] | null {
  const byId = new Map(tasks.map((task) => [task.id, task]));
  const done = new Set<string>();
  for (const { id } of tasks) {
    const ring = walk(id, [], byId, done);
    if (ring !== null) return ring;
  }
  return null;
}

function walk(
  id: string,
  path: readonly string[],
  byId: ReadonlyMap<string, Node>,
  done: Set<string>,
): readonly string[] | null {
  if (done.has(id)) return null;
  const began = path.indexOf(id);
  if (began >= 0) return [...path.slice(began), id];
  for (const before of byId.get(id)?.after ?? []) {
    const ring = walk(before, [...path, id], byId, done);
    if (ring !== null) return ring;
  }
  done.add(id);
  return null;
}

/** Tasks so that each comes after those it waits for, otherwise in the order given. What is in a ring comes last. */
export function inOrder<Task extends Node>(tasks: readonly Task[]): readonly Task[] {
  const ordered: Task[] = [];
  const placed = new Set<string>();
  const known = new Set(tasks.map(({ id }) => id));
  let left = [...tasks];
  while (left.length > 0) {
    const next = left.find(({ after }) => after.every((id) => placed.has(id) || !known.has(id)));
    if (next === undefined) return [...ordered, ...left];
    ordered.push(next);
    placed.add(next.id);
    left = left.filter((task) => task !== next);
  }
  return ordered;
}
