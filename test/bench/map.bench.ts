/**
 * The map of a configuration of 10,000 items and 30,000 relations in a browser: how long until three levels around an
 * item are drawn from the local copy, what a first visit fetches, and how long it takes to see what would fall.
 */
import type { ItemId } from '@muster/domain/shared';
import type { Page } from '@playwright/test';
import type { HttpSession } from '../support/session.ts';
import { withDesk } from './desk.ts';
import { median, quantile, report } from './report.ts';
import { sequence } from './sequence.ts';

/** `ITEMS=1000 pnpm bench map` tries it on a smaller one. */
const ITEMS = Number(process.env['ITEMS'] ?? 10_000);
/** Relations of each item, but for what comes twice. */
const EACH = 3;
const PAGE = 200;
const VISITS = 5;
const OPENINGS = 10;
const CENTRES = 30;

const pick = sequence(11);
const nameOf = (at: number) => `application ${at}`;
/** Most things hang on things that much hangs on already. */
const supplier = (below: number) => Math.min(pick(below), pick(below), pick(below));
const suppliers = Array.from({ length: ITEMS }, (_, at) =>
  at === 0 ? [] : [...new Set(Array.from({ length: EACH }, () => supplier(at)))],
);
const relations = suppliers.flat().length;

/** All of it as one table, imported as people import theirs. */
async function fill(url: string, { cookie }: HttpSession): Promise<void> {
  const columns = Array.from({ length: EACH }, (_, at) => `On ${at + 1}`);
  const mapping = {
    ...{ class: 'application', identity: ['Name'] },
    columns: {
      Name: { kind: 'name' },
      ...Object.fromEntries(columns.map((column) => [column, { kind: 'relation', type: 'depends_on' }])),
    },
  };
  const rows = suppliers.map((on, at) =>
    [nameOf(at), ...columns.map((_, place) => (on[place] === undefined ? '' : nameOf(on[place])))].join(','),
  );
  const query = new URLSearchParams({ format: 'csv', name: 'bench', mapping: JSON.stringify(mapping) });
  const answer = await fetch(new URL(`/api/configuration/import?${query}`, url), {
    ...{ method: 'POST', headers: { cookie }, body: [['Name', ...columns].join(','), ...rows].join('\n') },
  });
  if (!answer.ok) throw new Error(`the import answered ${answer.status}: ${await answer.text()}`);
}

/** Ids by name, a page after the other. */
async function readIds(session: HttpSession): Promise<ReadonlyMap<string, ItemId>> {
  const ids = new Map<string, ItemId>();
  let cursor: string | null = '';
  while (cursor !== null) {
    const query = `limit=${PAGE}${cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`}`;
    const page: { items: { id: ItemId; name: string }[]; next: string | null } = await session.call(
      'GET',
      `/api/configuration/items?${query}`,
    );
    for (const { id, name } of page.items) ids.set(name, id);
    cursor = page.next;
  }
  return ids;
}

await withDesk(1, async ({ desk, actor }) => {
  await fill(desk.url, await desk.session('admin@desk.test'));
  const byName = await readIds(await desk.session('agent@desk.test'));
  if (byName.size !== ITEMS) throw new Error(`${byName.size} items of ${ITEMS} were imported`);
  const ids = Array.from({ length: ITEMS }, (_, at) => byName.get(nameOf(at)) ?? '');

  const middle = ITEMS / 2;
  const options = {
    viewport: { width: 1440, height: 1000 },
    // the worker fetches the rest for offline starts, after the page is there
    serviceWorkers: 'block',
  } as const;
  // whoever opens it first of all, right after the import, may get it before it is packed
  const { page: firstOfAll } = await actor('other@desk.test', options);
  await visit(firstOfAll, ids, middle);
  await firstOfAll.context().close();

  const { page } = await actor('agent@desk.test', options);
  const bytes = await countBytes(page);
  const first = await visit(page, ids, middle);
  const firstKb = bytes() / 1024;
  const visits: number[] = [];
  for (let at = 0; at < VISITS; at += 1) visits.push(await visit(page, ids, middle - at - 1));
  const drawn = await page.locator('[data-node]').count();

  const openings: number[] = [];
  for (let at = 0; at < OPENINGS; at += 1) {
    await page.evaluate(goTo, '/queue');
    await page.getByRole('grid').first().waitFor();
    const of = middle + at + 1;
    const wanted = { href: `/configuration/map?item=${ids[of] ?? ''}`, name: nameOf(of) };
    openings.push(await page.evaluate(centreOn, wanted));
  }

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
      what: `first visit to the map of ${ITEMS} items and ${relations} relations`,
      value: first,
      unit: 'ms',
    },
    { what: 'bytes of it: scripts, styles and documents', value: firstKb, unit: 'KB', target: 1_024 },
    { what: 'nodes that are drawn', value: drawn, unit: 'rows' },
    {
      what: `a later visit by its address, with the whole start of the page, median of ${VISITS}`,
      value: median(visits),
      unit: 'ms',
    },
    {
      what: `opened from the queue, from the click to the paint of three levels, median of ${OPENINGS}`,
      value: median(openings),
      unit: 'ms',
      target: 500,
    },
    { what: 'opened from the queue, the slowest', value: Math.max(...openings), unit: 'ms' },
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
async function visit(page: Page, ids: readonly string[], at: number): Promise<number> {
  const from = performance.now();
  await page.goto(`/configuration/map?item=${ids[at] ?? ''}`, { waitUntil: 'commit' });
  await page.locator('.node.centre', { hasText: nameOf(at) }).waitFor({ timeout: 120_000 });
  return performance.now() - from;
}

/** Runs in the page: follows a link inside the client, without a new visit. */
function goTo(href: string): void {
  const link = document.createElement('a');
  link.href = href;
  (document.querySelector('main') ?? document.body).append(link);
  link.click();
  link.remove();
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
