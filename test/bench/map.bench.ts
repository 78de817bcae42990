/**
 * The map of a configuration of 10,000 items and 30,000 relations in a browser: how long until three levels around an
 * item are drawn from the local copy, what a first visit fetches, and how long it takes to see what would fall.
 */
import type { CommandOutcome } from '@muster/domain/shared';
import type { Page } from '@playwright/test';
import { freshId } from '../support/desk.ts';
import type { HttpSession } from '../support/session.ts';
import { withDesk } from './desk.ts';
import { median, quantile, report } from './report.ts';
import { sequence } from './sequence.ts';

/** `ITEMS=1000 pnpm bench map` tries it on a smaller one. */
const ITEMS = Number(process.env['ITEMS'] ?? 10_000);
const RELATIONS = 3 * ITEMS;
/** Of one request. */
const BATCH = 100;
const VISITS = 5;
const CENTRES = 30;

interface Sent {
  readonly type: string;
  readonly target: string;
  readonly args: object;
}

async function send(session: HttpSession, commands: readonly Sent[]): Promise<void> {
  for (let at = 0; at < commands.length; at += BATCH) {
    const clientAt = Date.now();
    const envelopes = commands
      .slice(at, at + BATCH)
      .map((each) => ({ id: freshId(), clientAt, basis: 0, ...each }));
    const outcomes = await session.call<CommandOutcome[]>('POST', '/api/commands', envelopes);
    const odd = outcomes.find(({ outcome }) => outcome !== 'applied');
    if (odd !== undefined) throw new Error(JSON.stringify(odd));
  }
}

const pick = sequence(11);
const ids = Array.from({ length: ITEMS }, () => freshId());
const nameOf = (at: number) => `application ${at}`;
/** Most things hang on things that much hangs on already. */
const supplier = (below: number) => Math.min(pick(below), pick(below), pick(below));
/** No two of the same ends: how many were asked for, less those that came twice. */
const pairs = new Set(
  Array.from({ length: RELATIONS }, (_, at) => {
    const from = 1 + (at % (ITEMS - 1));
    return `${ids[from] ?? ''} ${ids[supplier(from)] ?? ''}`;
  }),
);

await withDesk(1, async ({ desk, actor }) => {
  const agent = await desk.session('agent@desk.test');
  await send(
    agent,
    ids.map((target, at) => ({
      ...{ type: 'item.create', target },
      args: { fields: { class: 'application', name: nameOf(at) }, state: 'in_service' },
    })),
  );
  await send(
    agent,
    [...pairs].map((pair) => {
      const [from, to] = pair.split(' ');
      return { type: 'relation.add', target: freshId(), args: { type: 'depends_on', from, to } };
    }),
  );

  const middle = ITEMS / 2;
  const { page } = await actor('agent@desk.test', {
    viewport: { width: 1440, height: 1000 },
    // the worker fetches the rest for offline starts, after the page is there
    serviceWorkers: 'block',
  });
  const bytes = await countBytes(page);
  const first = await visit(page, middle);
  const firstKb = bytes() / 1024;
  const visits: number[] = [];
  for (let at = 0; at < VISITS; at += 1) visits.push(await visit(page, middle - at - 1));
  const drawn = await page.locator('[data-node]').count();

  const centres: number[] = [];
  for (let at = 0; at < CENTRES; at += 1) {
    const of = pick(ITEMS);
    const wanted = { href: `/configuration/map?item=${ids[of] ?? ''}`, name: nameOf(of) };
    centres.push(await page.evaluate(centreOn, wanted));
  }
  const falls: number[] = [];
  for (let at = 0; at < CENTRES; at += 1) {
    await page.evaluate(centreOn, { href: `/configuration/map?item=${ids[at] ?? ''}`, name: nameOf(at) });
    falls.push(await page.evaluate(supposeDown));
  }

  await report('map', [
    {
      what: `first visit to the map of ${ITEMS} items and ${pairs.size} relations`,
      value: first,
      unit: 'ms',
    },
    { what: 'bytes of it: scripts, styles and documents', value: firstKb, unit: 'KB', target: 1_024 },
    { what: 'nodes that are drawn', value: drawn, unit: 'rows' },
    {
      what: `from the address to three levels, from the local copy, median of ${VISITS}`,
      value: median(visits),
      unit: 'ms',
      target: 500,
    },
    { what: `another centre, from the click to its paint, median`, value: median(centres), unit: 'ms' },
    { what: 'another centre, p95', value: quantile(centres, 0.95), unit: 'ms', target: 500 },
    { what: 'what if the most carrying were down, to its paint, median', value: median(falls), unit: 'ms' },
    { what: 'what if the most carrying were down, p95', value: quantile(falls, 0.95), unit: 'ms' },
  ]);
});

/** What crosses the network from now on: bodies as they are sent, and frames of sockets. */
async function countBytes(page: Page): Promise<() => number> {
  let total = 0;
  const network = await page.context().newCDPSession(page);
  await network.send('Network.enable');
  network.on('Network.loadingFinished', ({ encodedDataLength }) => (total += encodedDataLength));
  network.on('Network.webSocketFrameReceived', ({ response: { opcode, payloadData } }) => {
    total += opcode === 2 ? (payloadData.length * 3) / 4 : payloadData.length;
  });
  return () => total;
}

/** How long from the address until the map is drawn around an item. */
async function visit(page: Page, at: number): Promise<number> {
  const from = performance.now();
  await page.goto(`/configuration/map?item=${ids[at] ?? ''}`, { waitUntil: 'commit' });
  await page.locator('.node.centre', { hasText: nameOf(at) }).waitFor({ timeout: 120_000 });
  return performance.now() - from;
}

/** Runs in the page: goes to another centre, and answers how long it took until it was painted. */
async function centreOn({ href, name }: { href: string; name: string }): Promise<number> {
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  const link = document.createElement('a');
  link.href = href;
  // inside what the client listens to: elsewhere it would be a new visit
  (document.querySelector('main') ?? document.body).append(link);
  const from = performance.now();
  link.click();
  link.remove();
  while (document.querySelector('.node.centre .title')?.textContent !== name) await frame();
  await frame();
  return performance.now() - from;
}

/** Runs in the page: supposes that the middle is down, answers how long it took to paint what falls, and ends it. */
async function supposeDown(): Promise<number> {
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  const button = (words: RegExp) =>
    [...document.querySelectorAll('button')].find((each) => words.test(each.textContent));
  const from = performance.now();
  button(/what if/i)?.click();
  while (document.querySelector('aside .down') === null) await frame();
  await frame();
  const took = performance.now() - from;
  button(/End what if/)?.click();
  while (document.querySelector('aside .down') !== null) await frame();
  return took;
}
