import { CLOSE, PAGE_VERSION } from '@muster/sync';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ulid } from 'ulid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { TEST_PEOPLE, openStockClient, startTestServer } from '../testing.ts';
import type { StockClient, TestServer, TestSession } from '../testing.ts';

let server: TestServer;
let admin: TestSession;
let agent: TestSession;
beforeAll(async () => {
  server = await startTestServer();
  [admin, agent] = await Promise.all([server.signIn('admin@desk.test'), server.signIn('agent@desk.test')]);
});
afterAll(() => server.stop());

/** How an upgrade ended: refused over HTTP, or closed by the server with a code. */
const knock = (path: string, headers: Record<string, string>) =>
  new Promise<{ status?: number; code?: number; reason?: string }>((resolve) => {
    const socket = new WebSocket(`${server.url.replace('http', 'ws')}${path}`, { headers });
    socket.on('unexpected-response', (request, answer) => {
      resolve({ status: answer.statusCode ?? 0 });
      request.destroy();
    });
    socket.on('close', (code, reason) => resolve({ code, reason: reason.toString() }));
    socket.on('error', () => undefined);
  });

describe('an upgrade', () => {
  it('needs a session: without one the socket closes with 4401', async () => {
    for (const path of [`/sync?page=${PAGE_VERSION}`, '/sync/notice', '/sync/board/incident@1']) {
      expect(await knock(path, {})).toEqual({ code: CLOSE.sessionEnded, reason: 'sign in first' });
    }
  });

  it('is refused to pages of other sites', async () => {
    for (const origin of ['https://evil.test', 'null', 'http://localhost:1']) {
      expect(await knock('/sync/notice', { cookie: agent.cookie, origin })).toEqual({ status: 403 });
    }
  });

  it('is taken from our own pages', async () => {
    const client = openStockClient(server.url, 'notice', { cookie: agent.cookie, origin: server.url });
    await client.synced();
    expect(client.provider.synced).toBe(true);
    client.destroy();
  });

  it('names what is wrong with a document name, and decodes nothing', async () => {
    const headers = { cookie: agent.cookie };
    for (const name of [
      'board/incident',
      'board%2Fincident@1',
      'notice/',
      'board//incident@1',
      'record/',
      'x'.repeat(5000),
    ]) {
      const { code, reason } = await knock(`/sync/${name}`, headers);
      expect(code).toBe(CLOSE.gone);
      expect(reason).toContain('document name');
      expect(Buffer.byteLength(reason ?? '')).toBeLessThanOrEqual(123);
    }
  });

  it('elsewhere is not found', async () => {
    expect(await knock('/elsewhere', { cookie: agent.cookie })).toEqual({ status: 404 });
  });

  it('with a text frame ends in words', async () => {
    const socket = new WebSocket(`${server.url.replace('http', 'ws')}/sync/notice`, {
      headers: { cookie: agent.cookie },
    });
    socket.once('open', () => socket.send('hello'));
    const code = await new Promise((resolve) => socket.once('close', resolve));
    expect(code).toBe(CLOSE.malformed);
  });
});

describe('reading documents', () => {
  const codeFor = async (session: TestSession, name: string) => {
    const client = session.open(name);
    const { code, reason } = await client.closed();
    client.destroy();
    return { code, reason };
  };

  it('is refused alike for what is not there and what is not yours', async () => {
    const requester = await server.signIn('requester@desk.test');
    const { id } = await agent.createTicket('incident');
    for (const kind of ['record', 'journal', 'room']) {
      const there = await codeFor(requester, `${kind}/${id}`);
      expect(there).toEqual(await codeFor(requester, `${kind}/${ulid()}`));
      expect(there.code).toBe(CLOSE.forbidden);
    }
    for (const name of [
      'board/incident@1',
      'board/incident@99',
      `inbox/${agent.person}`,
      `draft/${ulid()}`,
    ]) {
      expect((await codeFor(requester, name)).code).toBe(CLOSE.forbidden);
    }
  });

  it('shows a requester the public side of their own record only', async () => {
    const requester = await server.signIn('requester@desk.test');
    const { id } = await agent.createTicket('incident', { requester: requester.person });
    const mine = requester.open(`record/${id}`);
    await mine.synced();
    expect(mine.doc.getArray('events').length).toBeGreaterThan(0);
    expect((await codeFor(requester, `journal/${id}`)).code).toBe(CLOSE.forbidden);
    mine.destroy();
  });

  it('of a restricted record is for its team', async () => {
    const { id } = await agent.createTicket('incident', { restrictedTo: server.teams.get('Desk') });
    const other = await server.signIn('other@desk.test');
    expect((await codeFor(other, `room/${id}`)).code).toBe(CLOSE.forbidden);
    const room = agent.open(`room/${id}`);
    await room.synced();
    expect(room.provider.synced).toBe(true);
    room.destroy();
  });

  it('is open to a key within its scopes', async () => {
    const body = { name: 'Board reader', scopes: ['incident.read'] };
    const { token } = (await (await admin.call('POST', '/api/keys', body)).json()) as { token: string };
    const headers = { authorization: `Bearer ${token}` };
    const board = openStockClient(server.url, 'board/incident@1', headers);
    await board.synced();
    expect(board.provider.synced).toBe(true);
    board.destroy();
    expect((await knock('/sync/board/desk@1', headers)).code).toBe(CLOSE.forbidden);
  });
});

describe('the end of a right', () => {
  const openOf = async (session: TestSession): Promise<StockClient> => {
    const client = session.open('notice');
    await client.synced();
    return client;
  };
  const timed = async (client: StockClient, act: () => Promise<unknown>) => {
    const from = performance.now();
    const [closed] = await Promise.all([client.closed(), act()]);
    client.destroy();
    return { code: closed.code, withinMs: performance.now() - from };
  };

  it('closes the sockets of a session that signs out', async () => {
    const lead = await server.signIn('lead@desk.test');
    const { code, withinMs } = await timed(await openOf(lead), () =>
      lead.call('POST', '/api/auth/sign-out', {}),
    );
    expect(code).toBe(CLOSE.sessionEnded);
    expect(withinMs).toBeLessThan(2_000);
  });

  it('closes the sockets of all sessions signed out everywhere', async () => {
    const lead = await server.signIn('lead@desk.test');
    const { code } = await timed(await openOf(lead), () =>
      admin.call('POST', '/api/sign-out-everywhere', { person: lead.person }),
    );
    expect(code).toBe(CLOSE.sessionEnded);
  });

  it('is noticed within two seconds when another process ends the session', async () => {
    const lead = await server.signIn('lead@desk.test');
    const { code, withinMs } = await timed(await openOf(lead), () =>
      server.store.writer.deleteFrom('session').where('person', '=', lead.person).execute(),
    );
    expect(code).toBe(CLOSE.sessionEnded);
    expect(withinMs).toBeLessThan(2_000);
  });

  it('is noticed within two seconds when another process changes what somebody may do', async () => {
    const lead = await server.signIn('lead@desk.test');
    const { code, withinMs } = await timed(await openOf(lead), () =>
      server.store.writer
        .updateTable('person')
        .set({ roles: '["agent"]' })
        .where('id', '=', lead.person)
        .execute(),
    );
    expect(code).toBe(CLOSE.permissionsChanged);
    expect(withinMs).toBeLessThan(2_000);
  });

  it('opens sockets anew when roles change, with what is allowed then', async () => {
    const other = await server.signIn('other@desk.test');
    const board = other.open('board/incident@1');
    await board.synced();
    const change = admin.call('PATCH', `/api/people/${other.person}`, { roles: ['requester'] });
    expect((await board.closed()).code).toBe(CLOSE.permissionsChanged);
    await change;
    await expect.poll(() => board.closes.at(-1)?.code, { timeout: 5_000 }).toBe(CLOSE.forbidden);
    board.destroy();
  });

  it('closes the sockets of a key that is revoked', async () => {
    const body = { name: 'Short', scopes: ['incident.read'] };
    const made = await admin.call('POST', '/api/keys', body);
    const { token, key } = (await made.json()) as { token: string; key: { id: string } };
    const board = openStockClient(server.url, 'board/incident@1', { authorization: `Bearer ${token}` });
    await board.synced();
    await admin.call('DELETE', `/api/keys/${key.id}`);
    expect((await board.closed()).code).toBe(CLOSE.sessionEnded);
    board.destroy();
  });
});

describe('stopping', () => {
  it('closes sockets with 4503 and leaves what was written on disk', async () => {
    const dataFolder = await mkdtemp(join(tmpdir(), 'muster-restart-'));
    const first = await startTestServer({ dataFolder, people: TEST_PEOPLE });
    const session = await first.signIn('agent@desk.test');
    const draft = session.open(`draft/${session.person}`);
    await draft.synced();
    const tablet = session.open(`draft/${session.person}`);
    await tablet.synced();
    draft.doc.getText('draft:new:1').insert(0, 'half a thought');
    // what another device shows is on disk
    await expect.poll(() => tablet.doc.getText('draft:new:1').toString()).toBe('half a thought');
    const stopped = first.stop();
    expect((await draft.closed()).code).toBe(CLOSE.shuttingDown);
    await stopped;
    const second = await startTestServer({ dataFolder, port: Number(new URL(first.url).port) });
    const again = openStockClient(second.url, `draft/${session.person}`, { cookie: session.cookie });
    await again.synced();
    expect(again.doc.getText('draft:new:1').toString()).toBe('half a thought');
    again.destroy();
    await second.stop();
    await rm(dataFolder, { recursive: true });
  });
});
