import type { Actor } from './actor.ts';

/**
 * Holds the next commands of several people until each of them has sent theirs, then lets all go at once:
 * nobody can have seen what another did.
 *
 * What pages fetch at rest is here before, and the hold on requests stays, letting all later ones pass: while one is
 * laid on or taken off, a module that is on its way may get lost, and what needs it never comes, without a word.
 */
export async function sendTogether(
  actors: readonly Pick<Actor, 'context' | 'expectWarm'>[],
  acts: () => Promise<unknown>,
): Promise<void> {
  let missing = actors.length;
  let open: () => void = () => undefined;
  const all = new Promise<void>((resolve) => (open = resolve));
  await Promise.all(actors.map((actor) => actor.expectWarm()));
  for (const { context } of actors) {
    let hasSent = false;
    await context.route('**/api/commands', async (route) => {
      if (!hasSent) {
        hasSent = true;
        missing -= 1;
        if (missing === 0) open();
        await all;
      }
      await route.continue();
    });
  }
  await acts();
  await all;
}
