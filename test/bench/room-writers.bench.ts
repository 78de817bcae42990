/**
 * A war room in full swing, as a browser shows it: 2,000 entries of six hours, 29 people who type in it from a process
 * of their own, one who types in a browser, and a browser that looks on. Told are how long a key takes to the other
 * browser's paint, and whether both pages stay free meanwhile; then looking at any second of those hours, in the page.
 *
 * `pnpm bench room-writers --profile=FILE` keeps a CPU profile of the page that looks on.
 */
import { packRecording } from '@muster/documents';
import { TEST_PEOPLE } from '@muster/server/testing/people';
import type { CDPSession, JSHandle } from '@playwright/test';
import { writeFile } from 'node:fs/promises';
import type { Actor } from '../support/actor.ts';
import { Random } from '../support/sync/random.ts';
import { withDesk } from './desk.ts';
import type { Bench } from './desk.ts';
import { paceOf } from './pace.ts';
import { median, quantile, report } from './report.ts';
import type { Measurement } from './report.ts';
import { scrub, watchEntry, watchKeys, watchPace } from './room/in-page.ts';
import type { Pace, Seen } from './room/in-page.ts';
import type { WriterApi } from './room/writers.ts';
import { Child } from './sync/process/rpc.ts';

const ENTRIES = 2_000;
const SPAN_MS = 6 * 3_600_000;
const WRITERS = 29;
/** What pages do once when writing begins is not what is measured, and nothing tells when they have done it. */
const SETTLE_MS = 5_000;
const WORDS =
  'The line to the data centre in Porto is up again, the provider says it was a cut cable near Aveiro';
const KEY_EVERY_MS = 250;
const CARET_MOVES = 20;
/** Paces the caret, so that each move is seen before the next; nothing is waited for. */
const CARET_EVERY_MS = 700;
const LOOKS = 100;
const SEED = 2026;
/** From the key to what others see; as long as a title takes (edit-to-peer). */
const MOST_TO_PEER_MS = 150;
const MOST_LOOK_MS = 300;
/** The first seeded incident that is older than the room's hours. */
const INCIDENT = 52;

const profileFile = process.argv.find((arg) => arg.startsWith('--profile='))?.slice('--profile='.length);
const emails = Array.from({ length: WRITERS }, (_, place) => `writer${place + 1}@desk.test`);
const people = [
  ...TEST_PEOPLE,
  ...emails.map((email, place) => ({ email, name: `Writer ${place + 1}`, roles: ['agent'] as const })),
];

await withDesk(INCIDENT + 1, run, people);

async function run({ desk, actor }: Bench): Promise<void> {
  const writers = new Child<WriterApi>('writers', new URL('room/writers.ts', import.meta.url));
  try {
    const record = desk.record(INCIDENT);
    const room = `room/${record.id}`;
    await writers.ask('open', { url: desk.url, room, accounts: emails.map((email) => desk.account(email)) });
    const begun = Date.now() - SPAN_MS;
    const frames = await writers.ask('fill', ENTRIES, begun, SPAN_MS - 120_000);

    const blocked = { serviceWorkers: 'block' } as const;
    const [typist, reader] = await Promise.all([
      actor('agent@desk.test', blocked),
      actor('lead@desk.test', blocked),
    ]);
    const opened = await openRoom(reader, record);
    await openRoom(typist, record);
    const live = await typing(writers, typist, reader);
    await writers.ask('stop');
    const packed = Buffer.from(packRecording(null, frames));
    await reader.page.route('**/room/recording', (route) =>
      route.fulfill({ body: packed, contentType: 'application/octet-stream' }),
    );
    const past = await looking(reader, begun);
    await report('room-writers', [
      { what: 'entries', value: ENTRIES, unit: 'rows' },
      { what: 'address to the entries painted', value: opened, unit: 'ms' },
      ...live,
      ...past,
    ]);
  } finally {
    await writers.end();
  }
}

/** How long the page took from its address to the room's entries. */
async function openRoom({ page, record }: Actor, { id }: { readonly id: string }): Promise<number> {
  const from = performance.now();
  await record.open({ id });
  await page.getByRole('list', { name: /^Timeline, \d{4,} lines$/ }).waitFor({ timeout: 120_000 });
  await page.locator('[data-entry]').first().waitFor();
  return performance.now() - from;
}

async function typing(writers: Child<WriterApi>, typist: Actor, reader: Actor): Promise<Measurement[]> {
  const id = await beginEntry(typist);
  await reader.page.locator(`[data-entry="${id}"]`).waitFor();
  await writers.ask('begin');
  await typist.page.waitForTimeout(SETTLE_MS);
  const keysBefore = await writers.ask('keys');

  const seen: JSHandle<Seen> = await reader.page.evaluateHandle(watchEntry, id);
  const paces: JSHandle<Pace>[] = await Promise.all(
    [reader, typist].map(({ page }) => page.evaluateHandle(watchPace)),
  );
  const stopProfile = await profiling(reader);
  const begun = performance.now();
  const keys = await typist.page.evaluateHandle(watchKeys);
  await typist.page.keyboard.type(WORDS, { delay: KEY_EVERY_MS });
  await reader.page.waitForFunction(
    ([noted, length]) => noted.text[length] !== undefined,
    [seen, WORDS.length] as const,
    { timeout: 60_000 },
  );
  const seconds = (performance.now() - begun) / 1_000;
  const typed = await keys.jsonValue();
  for (let move = 0; move < CARET_MOVES; move += 1) {
    await typist.page.keyboard.press(move % 2 === 0 ? 'Control+Home' : 'Control+End');
    await typist.page.waitForTimeout(CARET_EVERY_MS);
  }
  await stopProfile();
  // Control is a key of its own
  const moved = (await keys.jsonValue()).at.slice(typed.at.length).filter((_, index) => index % 2 === 1);
  const { text, carets } = await seen.jsonValue();
  const toPeer = typed.at.map((at, index) => (text[index + 1] ?? Number.NaN) - at);
  const caretToPeer = moved.flatMap((at, move) => {
    const place = move % 2 === 0 ? 0 : WORDS.length;
    const shown = carets.find((caret) => caret.place === place && caret.at >= at);
    return shown === undefined ? [] : [shown.at - at];
  });
  const keysASecond = ((await writers.ask('keys')) - keysBefore) / ((performance.now() - begun) / 1_000);
  const [readerPace, typistPace] = await Promise.all(paces.map((pace) => pace.jsonValue()));
  return [
    { what: `keys a second of the ${WRITERS} others`, value: keysASecond, unit: 'rows' },
    ...spread(
      `key here to its text painted there (${typed.at.length} in ${seconds.toFixed(0)} s)`,
      toPeer,
      'peer',
    ),
    ...spread(`caret moved here to painted there (${caretToPeer.length} of ${CARET_MOVES})`, caretToPeer),
    ...spread('key to its own paint', typed.painted),
    ...paceOf('who looks on', readerPace),
    ...paceOf('who types', typistPace),
  ];
}

/** Makes an entry and begins to write in it; answers its id. */
async function beginEntry({ page }: Actor): Promise<string> {
  const box = page.getByRole('textbox', { name: 'New timeline entry' });
  await box.fill('.');
  await box.press('Enter');
  const entry = page.locator('[data-entry]').last();
  await entry.hover();
  await entry.getByRole('button', { name: 'Edit this entry' }).click();
  const id = await entry.getAttribute('data-entry');
  await page.keyboard.press('Backspace');
  return id ?? '';
}

async function looking({ page }: Actor, begun: number): Promise<Measurement[]> {
  const random = new Random(SEED);
  const from = performance.now();
  await page.getByRole('button', { name: 'Replay', exact: true }).click();
  await page.getByRole('slider', { name: 'Instant of the replay' }).waitFor({ timeout: 60_000 });
  const ready = performance.now() - from;
  const watched: JSHandle<Pace> = await page.evaluateHandle(watchPace);
  const instants = Array.from({ length: LOOKS }, () => begun + random.below(SPAN_MS));
  const looks = await page.evaluate(scrub, instants);
  const { tasks } = await watched.jsonValue();
  return [
    { what: 'replay, asked to ready', value: ready, unit: 'ms' },
    { what: `any second painted, median of ${LOOKS}`, value: median(looks), unit: 'ms' },
    {
      what: 'any second painted, 95th percentile',
      value: quantile(looks, 0.95),
      unit: 'ms',
      target: MOST_LOOK_MS,
    },
    { what: 'any second painted, slowest', value: quantile(looks, 1), unit: 'ms', target: MOST_LOOK_MS },
    { what: 'longest task of the replay', value: Math.max(0, ...tasks), unit: 'ms' },
  ];
}

function spread(what: string, samples: readonly number[], to?: 'peer'): Measurement[] {
  return [
    {
      what: `${what}: median`,
      value: median(samples),
      unit: 'ms',
      ...(to === 'peer' && { target: MOST_TO_PEER_MS }),
    },
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
