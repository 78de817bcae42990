/** The order that dependencies put steps in. */

export interface Linked {
  readonly id: string;
  readonly after: readonly string[];
}

/** The steps that wait for each step directly. Dependencies on what is not there count for nothing. */
function followersOf(steps: readonly Linked[]): ReadonlyMap<string, readonly string[]> {
  const followers = new Map<string, string[]>(steps.map(({ id }) => [id, []]));
  for (const { id, after } of steps) for (const before of after) followers.get(before)?.push(id);
  return followers;
}

/**
 * The steps such that each stands behind all that it waits for, otherwise as given. Steps in a circle are left out:
 * there are none among steps that were let in.
 */
export function topological<Item extends Linked>(steps: readonly Item[]): readonly Item[] {
  const followers = followersOf(steps);
  const byId = new Map(steps.map((step) => [step.id, step]));
  const waits = new Map(
    steps.map(({ id, after }) => [id, new Set(after.filter((before) => byId.has(before)))]),
  );
  const ordered: Item[] = steps.filter(({ id }) => waits.get(id)?.size === 0);
  for (let at = 0; at < ordered.length; at += 1) {
    const done = ordered[at]?.id ?? '';
    for (const follower of followers.get(done) ?? []) {
      const left = waits.get(follower);
      const step = byId.get(follower);
      if (left?.delete(done) === true && left.size === 0 && step !== undefined) ordered.push(step);
    }
  }
  return ordered;
}

/** Steps that wait for each other in a circle; empty when there is none. */
export function circleIn(steps: readonly Linked[]): readonly string[] {
  const ordered = new Set(topological(steps).map(({ id }) => id));
  const stuck = new Map(steps.filter(({ id }) => !ordered.has(id)).map((step) => [step.id, step]));
  const path: string[] = [];
  let at = stuck.keys().next().value;
  // every stuck step waits for another stuck one, so that the walk comes back to itself
  while (at !== undefined && !path.includes(at)) {
    path.push(at);
    at = stuck.get(at)?.after.find((before) => stuck.has(before));
  }
  return at === undefined ? [] : path.slice(path.indexOf(at)).toReversed();
}

/** All steps that come after one, directly or not. */
export function allAfter(steps: readonly Linked[], id: string): ReadonlySet<string> {
  const followers = followersOf(steps);
  const found = new Set<string>();
  const open = [id];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const follower of followers.get(next) ?? []) {
      if (found.has(follower)) continue;
      found.add(follower);
      open.push(follower);
    }
  }
  return found;
}
