import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { CommandEnvelope, CommandOutcome } from '@muster/domain/shared';
import { deleteDB } from 'idb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openApi } from './api.ts';
import type { BackOffOptions } from './back-off.ts';
import { databaseName } from './database.ts';
import { NOT_UNDERSTOOD } from './outbox-answers.ts';
import { Outbox } from './outbox.ts';
import { openOutboxStore } from './outbox-store.ts';
import { claim, freshDisk, localDatabase, tabsOfOneBrowser } from './test-support/local.ts';
import { until } from './test-support/until.ts';

type Answer = (
  batch: readonly CommandEnvelope[],
) => { readonly status: number; readonly body: unknown } | 'hang up';

/** A tiny real server that answers commands as told and remembers what reached it. */
async function openServer() {
  const batches: (readonly CommandEnvelope[])[] = [];
  let answer: Answer = applied;
  const server: Server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => (text += chunk.toString()));
    request.on('end', () => {
      const batch = JSON.parse(text) as CommandEnvelope[];
      batches.push(batch);
      const said = answer(batch);
      if (said === 'hang up') return void response.destroy();
      response.writeHead(said.status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(said.body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    batches,
    ids: () => batches.flatMap((batch) => batch.map((command) => command.id)),
    answer: (next: Answer) => (answer = next),
    stop: () => new Promise((resolve) => server.close(resolve)),
  };
}

const applied: Answer = (batch) => ({
  status: 200,
  body: batch.map(({ id }) => ({ id, outcome: 'applied', version: 2 }) satisfies CommandOutcome),
});

const problem = (status: number, detail: string) => ({
  status,
  body: { type: 'about:blank', title: 'Problem', status, detail, code: 'command/malformed' },
});

let server: Awaited<ReturnType<typeof openServer>>;
let open: Outbox[] = [];
let tab: ReturnType<typeof tabsOfOneBrowser>;

beforeEach(async () => {
  freshDisk();
  tab = tabsOfOneBrowser();
  server = await openServer();
});

afterEach(async () => {
  for (const outbox of open) outbox.close();
  open = [];
  vi.restoreAllMocks();
  await server.stop();
});

/** One tab. Closing it is what a killed tab looks like: nothing is written at the end. */
function openTab(
  options: {
    readonly exclusive?: <V>(work: () => Promise<V>) => Promise<V>;
    readonly url?: string;
    readonly backOff?: BackOffOptions;
  } = {},
) {
  const store = openOutboxStore(localDatabase());
  const signedOut = vi.fn();
  const outbox = new Outbox({
    store,
    api: openApi(options.url ?? server.url),
    tabs: tab(),
    exclusive: options.exclusive ?? ((work) => work()),
    now: () => 1000,
    onSignedOut: signedOut,
    backOff: options.backOff ?? { firstMs: 10, maxMs: 20 },
  });
  open.push(outbox);
  return { outbox, store, signedOut };
}

describe('the outbox', () => {
  it('keeps a command on the disk before it says so, and settles it with the server answer', async () => {
    const { outbox, store } = openTab();
    const command = claim();
    const { kept, settled } = outbox.submit(command);
    expect(outbox.hasUnkept).toBe(true);
    expect(await kept).toBe('kept');
    expect(outbox.hasUnkept).toBe(false);
    expect((await store.list()).map((entry) => entry.id)).toEqual([command.id]);
    expect(await settled).toEqual({ outcome: 'applied', version: 2 });
  });

  it('tells an answer while the command is still known, though a board shows its effect already', async () => {
    const { outbox } = openTab();
    const command = claim();
    const known: boolean[] = [];
    outbox.onChange(() => outbox.finish(outbox.commands.flatMap(({ id, applied }) => (applied ? [id] : []))));
    outbox.onAnswered(() => known.push(outbox.commands.some(({ id }) => id === command.id)));
    await outbox.submit(command).settled;
    expect(known).toEqual([true]);
    expect(outbox.commands).toEqual([]);
  });

  it('sends in the order of making, at most a hundred at once', async () => {
    server.answer(() => 'hang up');
    const { outbox } = openTab();
    const commands = Array.from({ length: 230 }, () => claim());
    const sent = commands.map((command) => outbox.submit(command));
    await Promise.all(sent.map((each) => each.kept));
    server.batches.length = 0;
    server.answer(applied);
    await Promise.all(sent.map((each) => each.settled));
    const served = server.batches.filter((batch) => batch.length > 0);
    expect(Math.max(...served.map((batch) => batch.length))).toBe(100);
    expect([...new Set(server.ids())]).toEqual(commands.map((command) => command.id));
  });

  it('stays waiting with the reason while the network or the server fails, then goes on by itself', async () => {
    server.answer(() => problem(507, 'The disk of the server is full.'));
    const { outbox } = openTab();
    const { settled } = outbox.submit(claim());
    await until(() => outbox.problem !== null, 'the reason');
    expect(outbox.problem).toMatchObject({
      code: 'server-disk-full',
      message: 'The disk of the server is full.',
    });
    expect(outbox.waiting).toBe(1);
    server.answer(applied);
    expect(await settled).toMatchObject({ outcome: 'applied' });
    await until(() => outbox.problem === null, 'no more reason');
    expect(outbox.waiting).toBe(0);
  });

  it('asks again with the same id when the answer was lost', async () => {
    let lost = 0;
    server.answer((batch) => (lost++ === 0 ? 'hang up' : applied(batch)));
    const { outbox } = openTab();
    const command = claim();
    await outbox.submit(command).settled;
    expect(server.ids()).toEqual([command.id, command.id]);
  });

  it('goes on after a reload in the middle, without doing anything twice', async () => {
    server.answer(() => 'hang up');
    const first = openTab();
    const commands = Array.from({ length: 40 }, () => claim());
    await Promise.all(commands.map((command) => first.outbox.submit(command).kept));
    first.outbox.close();
    server.batches.length = 0;
    const answered = new Set<string>();
    server.answer((batch) => {
      for (const { id } of batch) answered.add(id);
      return applied(batch);
    });
    const second = openTab();
    await second.outbox.start();
    await until(() => second.outbox.waiting === 0, 'all sent');
    expect([...answered]).toEqual(commands.map((command) => command.id));
    expect(second.outbox.commands).toHaveLength(40);
    second.outbox.finish(commands.map((command) => command.id));
    await until(async () => (await second.store.list()).length === 0, 'nothing left');
    expect(second.outbox.commands).toHaveLength(0);
  });

  it('keeps an applied command until this tab has seen it on the board', async () => {
    const { outbox } = openTab();
    const command = claim();
    await outbox.submit(command).settled;
    expect(outbox.commands).toMatchObject([{ id: command.id, applied: { version: 2 } }]);
    expect(outbox.waiting).toBe(0);
    outbox.finish([command.id]);
    expect(outbox.commands).toHaveLength(0);
  });

  it('moves refused and superseded acts to attention, where they survive a reload until dismissed', async () => {
    const [refused, superseded] = [claim(), claim()];
    const by = { person: 'BEN', at: 5, what: 'claimed' };
    server.answer((batch) => ({
      status: 200,
      body: batch.map(({ id }) =>
        id === refused.id
          ? { id, outcome: 'refused', refusal: { code: 'incident/already-claimed', owner: 'BEN', at: 5 } }
          : { id, outcome: 'superseded', by, reason: 'caller-replied' },
      ),
    }));
    const { outbox } = openTab();
    await Promise.all([outbox.submit(refused).settled, outbox.submit(superseded).settled]);
    expect(outbox.commands).toHaveLength(0);
    const reloaded = openTab().store;
    const { acts } = await reloaded.attention();
    expect(acts.map((act) => [act.id, act.outcome.outcome])).toEqual([
      [refused.id, 'refused'],
      [superseded.id, 'superseded'],
    ]);
    await reloaded.dismiss(refused.id);
    expect((await openTab().store.attention()).acts.map((act) => act.id)).toEqual([superseded.id]);
  });

  it('sets a command aside that the server cannot read, and sends those behind it', async () => {
    const [before, broken, behind] = [claim(), claim(), claim()];
    server.answer((batch) =>
      batch.some(({ id }) => id === broken.id) ? problem(400, 'args.verb is not known') : applied(batch),
    );
    const hold = Promise.withResolvers<void>();
    const { outbox } = openTab({
      exclusive: async (work) => {
        await hold.promise;
        return work();
      },
    });
    const sent = [before, broken, behind].map((command) => outbox.submit(command));
    await Promise.all(sent.map((each) => each.kept));
    hold.resolve();
    const outcomes = await Promise.all(sent.map((each) => each.settled));
    expect(outcomes.map((each) => each.outcome)).toEqual(['applied', 'refused', 'applied']);
    expect(outcomes[1]).toMatchObject({
      refusal: { code: NOT_UNDERSTOOD, detail: 'args.verb is not known' },
    });
    expect(server.ids().slice(-3)).toEqual([before.id, broken.id, behind.id]);
  });

  it('keeps acts when the session has ended, and sends them after the next sign-in', async () => {
    server.answer(() => problem(401, 'Nobody is signed in.'));
    const { outbox, signedOut } = openTab();
    const { settled } = outbox.submit(claim());
    await until(() => signedOut.mock.calls.length > 0, 'signed out');
    expect(outbox.waiting).toBe(1);
    server.answer(applied);
    outbox.wake();
    expect(await settled).toMatchObject({ outcome: 'applied' });
  });

  it('sends from memory and says so when the disk of this device is full', async () => {
    const add = vi.spyOn(IDBObjectStore.prototype, 'add').mockImplementation(() => {
      throw new DOMException('Not enough room.', 'QuotaExceededError');
    });
    server.answer(() => 'hang up');
    const { outbox } = openTab();
    const { kept, settled } = outbox.submit(claim());
    await until(() => outbox.problem !== null, 'sent in vain');
    expect(outbox.unkeptSince).not.toBeNull();
    expect(outbox.hasUnkept).toBe(true);
    server.answer(applied);
    expect(await settled).toMatchObject({ outcome: 'applied' });
    expect(await kept).toMatchObject({ outcome: 'applied' });
    expect(outbox.hasUnkept).toBe(false);
    add.mockRestore();
  });

  it('puts back at once what was deleted, in order, though the server is asked much later', async () => {
    server.answer(() => 'hang up');
    const { outbox, store } = openTab({ backOff: { firstMs: 3_600_000, maxMs: 3_600_000 } });
    const commands = Array.from({ length: 20 }, () => claim());
    await Promise.all(commands.map((command) => outbox.submit(command).kept));
    await until(() => outbox.problem !== null, 'sent in vain');
    await deleteDB(databaseName('ANA'));
    const putBack = outbox.diskReplaced();
    expect(outbox.hasUnkept).toBe(true);
    const later = claim();
    await Promise.all([putBack, outbox.submit(later).kept]);
    expect(outbox.hasUnkept).toBe(false);
    expect((await store.list()).map(({ id }) => id)).toEqual([...commands, later].map(({ id }) => id));
  });

  it('tells the tab that asked when another tab sent its command', async () => {
    let free = Promise.resolve();
    const oneAtATime = <Value>(work: () => Promise<Value>): Promise<Value> => {
      const run = free.then(work);
      free = run.then(
        () => undefined,
        () => undefined,
      );
      return run;
    };
    const left = openTab({ exclusive: () => new Promise(() => undefined) });
    const right = openTab({ exclusive: oneAtATime });
    const { settled } = left.outbox.submit(claim());
    expect(await settled).toMatchObject({ outcome: 'applied' });
    expect(right.outbox.waiting).toBe(0);
    expect(server.ids()).toHaveLength(1);
  });
});
