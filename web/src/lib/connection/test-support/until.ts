/** Resolves when `condition` holds; fails after `patienceMs` saying what was awaited. */
export async function until(
  condition: () => boolean | Promise<boolean>,
  what: string,
  patienceMs = 5000,
): Promise<void> {
  const end = Date.now() + patienceMs;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error(`waited in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
