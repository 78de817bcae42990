import type { BrowserContext } from '@playwright/test';

/**
 * Holds the next commands of several people until each of them has sent theirs, then lets all go at once:
 * nobody can have seen what another did.
 */
export async function sendTogether(
  contexts: readonly BrowserContext[],
  acts: () => Promise<unknown>,
): Promise<void> {
  let missing = contexts.length;
  let open: () => void = () => undefined;
  const all = new Promise<void>((resolve) => (open = resolve));
  for (const context of contexts) {
    await context.route(
      '**/api/commands',
      async (route) => {
        missing -= 1;
        if (missing === 0) open();
        await all;
        await route.continue();
      },
      { times: 1 },
    );
  }
  await acts();
  await all;
}
