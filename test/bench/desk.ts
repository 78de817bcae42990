/** What browser benches share: a desk with many records, a browser, and people in it. */
import { browserLaunchOptions } from '@muster/tooling/browser';
import { chromium } from '@playwright/test';
import type { Browser, BrowserContextOptions } from '@playwright/test';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Actor } from '../support/actor.ts';
import { DEFAULT_DESK, Desk } from '../support/desk.ts';

export interface Bench {
  readonly desk: Desk;
  readonly browser: Browser;
  actor(email: string, options?: BrowserContextOptions): Promise<Actor>;
}

/** Opens a desk with `records` records, runs the bench, and closes everything whatever happens. */
export async function withDesk(
  records: number,
  run: (bench: Bench) => Promise<void>,
  people = DEFAULT_DESK.people,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'muster-bench-'));
  const desk = await Desk.open({ records, people }, join(folder, 'server.log'));
  const browser = await chromium.launch(browserLaunchOptions());
  try {
    await run({ desk, browser, actor: (email, options) => Actor.signedIn(browser, desk, email, options) });
  } finally {
    await browser.close();
    await desk.close();
    await rm(folder, { recursive: true, force: true });
  }
}
