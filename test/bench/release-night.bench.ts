/**
 * The night of a release of 500 changes and 400 steps: 19 people tick from a process of their own, each over a socket,
 * one by keys in a browser, and a browser looks on. Told are how long a tick takes to the other browser's paint, and
 * whether both pages stay free meanwhile.
 *
 * `pnpm bench release-night --profile=FILE` keeps a CPU profile of the page that looks on.
 */
import { TEST_PEOPLE } from '@muster/server/testing/people';
import type { CDPSession, JSHandle } from '@playwright/test';
import { writeFile } from 'node:fs/promises';
import type { Actor } from '../support/actor.ts';
import { withDesk } from './desk.ts';
import type { Bench } from './desk.ts';
import { paceOf } from './pace.ts';
import type { CrewApi } from './release/crew.ts';
import { watchDone, watchRows } from './release/in-page.ts';
import type { Painted } from './release/in-page.ts';
import { openNight } from './release/night.ts';
import { median, quantile, report } from './report.ts';
import type { Measurement } from './report.ts';
import { watchKeys, watchPace } from './room/in-page.ts';
import type { Pace } from './room/in-page.ts';
import { Child } from './sync/process/rpc.ts';

const CHANGES = 500;
const OTHERS = 19;
const STEPS_EACH = 20;
const STEPS = (OTHERS + 1) * STEPS_EACH;
/** As fast as somebody reads and ticks: what is measured is a tick, not ticks in a queue. */
const KEY_EVERY_MS = 2_000;
/** What a page does once after it was opened, and the compiler with it, is not what is measured. */
const SETTLE_MS = 3_000;
/** From the tick to what others see (issue 5). */
const MOST_TO_PEER_MS = 150;
const PATIENCE_MS = 180_000;
const HAND = 'agent@desk.test';

const profileFile = process.argv.find((arg) => arg.startsWith('--profile='))?.slice('--profile='.length);
const emails = Array.from({ length: OTHERS }, (_, place) => `crew${place + 1}@desk.test`);
const people = [
  ...TEST_PEOPLE,
  ...emails.map((email, place) => ({ email, name: `Crew ${place + 1}`, roles: ['agent'] as const })),
];

await withDesk(1, run, people);

async function run({ desk, actor }: Bench): Promise<void> {
  const crew = new Child<CrewApi>('crew', new URL('release/crew.ts', import.meta.url));
  try {
    const { id, lanes } = await openNight(desk, {
      ...{ changes: CHANGES, crew: [HAND, ...emails], stepsEach: STEPS_EACH },
    });
    const [mine = [], ...theirs] = lanes;
    const accounts = emails.map((email) => desk.account(email));
    await crew.ask('open', { url: desk.url, release: id, accounts, lanes: theirs });
    const blocked = { serviceWorkers: 'block' } as const;
    const [hand, reader] = await Promise.all([actor(HAND, blocked), actor('lead@desk.test', blocked)]);
    const opened = await openChecklist(reader, id);
    await openChecklist(hand, id);
    // nothing tells when a page has come to rest
    await reader.page.waitForTimeout(SETTLE_MS);
    const ticking = await tick(crew, { hand, reader, mine });
    await crew.ask('stop');
    await report('release-night', [
      { what: 'steps', value: STEPS, unit: 'rows' },
      { what: 'address to the checklist painted', value: opened, unit: 'ms' },
      ...ticking,
    ]);
  } finally {
    await crew.end();
  }
}

/** How long the page took from its address to the steps. */
async function openChecklist({ page }: Actor, id: string): Promise<number> {
  const from = performance.now();
  await page.goto(`/release/${id}#checklist`);
  await page.locator('[data-step]').first().waitFor({ timeout: 60_000 });
  return performance.now() - from;
}

interface Seats {
  readonly hand: Actor;
  readonly reader: Actor;
  /** The steps of whoever ticks by keys. */
  readonly mine: readonly string[];
}

async function tick(crew: Child<CrewApi>, { hand, reader, mine }: Seats): Promise<Measurement[]> {
  const done: JSHandle<Painted> = await reader.page.evaluateHandle(watchDone);
  const rows: JSHandle<Record<string, number>> = await reader.page.evaluateHandle(watchRows, mine);
  const paces: JSHandle<Pace>[] = await Promise.all(
    [reader, hand].map(({ page }) => page.evaluateHandle(watchPace)),
  );
  const stopProfile = await profiling(reader);
  const begun = performance.now();
  await crew.ask('begin');
  const pressed = await tickByKeys(hand, mine.length);
  await reader.page.waitForFunction(([painted, all]) => painted[all] !== undefined, [done, STEPS] as const, {
    timeout: PATIENCE_MS,
  });
  const seconds = (performance.now() - begun) / 1_000;
  await stopProfile();

  const [ticks, seen, painted, byRow] = await Promise.all([
    crew.ask('ticks'),
    crew.ask('seen'),
    done.jsonValue(),
    rows.jsonValue(),
  ]);
  // nothing but ticks happens, so the last version is the one by which all are done
  const last = Math.max(...seen.map(([version]) => version));
  const shownAt = (version: number) => firstFrom(painted, STEPS - (last - version));
  const arrived = new Map(seen);
  const toScreen = ticks.map(({ at, version }) => shownAt(version) - at);
  const toSocket = ticks.flatMap(({ at, version }) => (arrived.get(version) ?? at) - at);
  const answered = ticks.map(({ at, answeredAt }) => answeredAt - at);
  // rows that were in sight of whoever looks on
  const byKeys = mine.flatMap((step, place) => {
    const [shown, from] = [byRow[step], pressed.at[place]];
    return shown === undefined || from === undefined ? [] : [shown - from];
  });
  const [readerPace, handPace] = await Promise.all(paces.map((pace) => pace.jsonValue()));
  return [
    { what: 'ticks a second', value: STEPS / seconds, unit: 'rows' },
    ...spread(
      `tick of the ${OTHERS} others to painted in a browser (${ticks.length})`,
      toScreen,
      MOST_TO_PEER_MS,
    ),
    ...spread('the same tick to a socket without a browser', toSocket),
    ...spread('the same tick to its answer', answered),
    ...spread(`key here to its row painted there (${byKeys.length})`, byKeys, MOST_TO_PEER_MS),
    ...spread('key to its own paint', pressed.painted),
    ...paceOf('who looks on', readerPace),
    ...paceOf('who ticks', handPace),
  ];
}

/** Goes through the first lane by keys; answers when each tick was pressed and how long its own paint took. */
async function tickByKeys(
  { page }: Actor,
  count: number,
): Promise<{ readonly at: readonly number[]; readonly painted: readonly number[] }> {
  await page.getByRole('list', { name: 'Steps of the checklist' }).focus();
  const keys = await page.evaluateHandle(watchKeys);
  for (let step = 0; step < count; step += 1) {
    await page.keyboard.press('j');
    await page.keyboard.press('Space');
    // paces the typing; nothing is waited for
    await page.waitForTimeout(KEY_EVERY_MS);
  }
  const { at, painted } = await keys.jsonValue();
  const isTick = (_: unknown, index: number) => index % 2 === 1;
  return { at: at.filter(isTick), painted: painted.filter(isTick) };
}

/** When so many were painted; a paint may show several ticks at once, and passes over the numbers between. */
function firstFrom(painted: Painted, count: number): number {
  const shown = Object.entries(painted).filter(([done]) => Number(done) >= count);
  return Math.min(...shown.map(([, at]) => at));
}

function spread(what: string, samples: readonly number[], target?: number): Measurement[] {
  return [
    { what: `${what}: median`, value: median(samples), unit: 'ms', ...(target !== undefined && { target }) },
    { what: '  95th percentile', value: quantile(samples, 0.95), unit: 'ms' },
    { what: '  slowest', value: quantile(samples, 1), unit: 'ms' },
  ];
}

/** Begins a CPU profile where one is asked for; what it answers ends and keeps it. */
async function profiling({ page, context }: Actor): Promise<() => Promise<void>> {
  if (profileFile === undefined) return () => Promise.resolve();
  const cdp: CDPSession = await context.newCDPSession(page);
  await cdp.send('Profiler.enable');
  await cdp.send('Profiler.setSamplingInterval', { interval: 500 });
  await cdp.send('Profiler.start');
  return async () => {
    const { profile } = await cdp.send('Profiler.stop');
    await writeFile(profileFile, JSON.stringify(profile));
  };
}
