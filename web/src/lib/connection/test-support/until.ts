/**
 * Resolves when `condition` holds; fails after `patienceMs` saying what was awaited. Patience is counted in looks,
 * each with a turn of the loop before it: a machine busy with something else slows these as what they wait for.
 */
export async function until(
  condition: () => boolean | Promise<boolean>,
  what: string,
  patienceMs = 5000,
): Promise<void> {
  for (let left = patienceMs; !(await condition()); left -= LOOK_EVERY_MS) {
    if (left <= 0) throw new Error(`waited in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}

const LOOK_EVERY_MS = 5;
