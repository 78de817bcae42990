/** The one `test` of all journeys: a desk of its own for each, and people who use it. */
import { test as base } from '@playwright/test';
import type { Browser } from '@playwright/test';
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { Actor } from './actor.ts';
import type { ConsoleWatch } from './console-watch.ts';
import { DEFAULT_DESK, Desk } from './desk.ts';
import type { DeskOptions } from './desk.ts';
import { Visitor } from './visitor.ts';

export { expect } from '@playwright/test';

interface Fixtures {
  /** Set by `test.use({ deskOptions: { records: 3 } })`. */
  readonly deskOptions: Partial<DeskOptions>;
  readonly desk: Desk;
  readonly agent: Actor;
  /** The same agent on a second device. */
  readonly agentElsewhere: Actor;
  readonly other: Actor;
  readonly lead: Actor;
  readonly admin: Actor;
  readonly requester: Actor;
  /** At a browser, and not signed in. */
  readonly visitor: Visitor;
  readonly secondVisitor: Visitor;
}

type Sources = { readonly desk: Desk; readonly browser: Browser };

/** Signs in before the test, and after it fails the test for whatever the pages complained of. */
const actor =
  (email: string) =>
  async ({ desk, browser }: Sources, use: (actor: Actor) => Promise<void>): Promise<void> => {
    const made = await Actor.signedIn(browser, desk, email);
    await use(made);
    await made.close();
    expectNoComplaints(made.watch);
  };

const visitor = async (
  { desk, browser }: Sources,
  use: (visitor: Visitor) => Promise<void>,
): Promise<void> => {
  const made = await Visitor.open(browser, desk);
  await use(made);
  await made.close();
  expectNoComplaints(made.watch);
};

function expectNoComplaints({ complaints }: ConsoleWatch): void {
  if (complaints.length > 0) throw new Error(`the page complained:\n${complaints.join('\n')}`);
}

export const test = base.extend<Fixtures>({
  deskOptions: [{}, { option: true }],
  desk: async ({ deskOptions }, use, info) => {
    const logFile = info.outputPath('server.log');
    const desk = await Desk.open({ ...DEFAULT_DESK, ...deskOptions }, logFile);
    await use(desk);
    await desk.close();
    if (info.status === info.expectedStatus) await rm(logFile, { force: true });
    else if (existsSync(logFile)) await info.attach('server.log', { path: logFile });
  },
  agent: actor('agent@desk.test'),
  agentElsewhere: actor('agent@desk.test'),
  other: actor('other@desk.test'),
  lead: actor('lead@desk.test'),
  admin: actor('admin@desk.test'),
  requester: actor('requester@desk.test'),
  visitor,
  secondVisitor: visitor,
});
