import { commandId } from '@muster/domain/shared';
import { describe, expect, it } from 'vitest';
import { openApi } from './api.ts';
import { confirmSession, rememberedSession } from './session.ts';
import type { Remembered } from './session.ts';
import { claim } from './test-support/local.ts';

const json = (body: unknown, status = 200, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', ...headers } });

const answering = (answer: () => Response | Promise<Response>) =>
  openApi('', () => Promise.resolve().then(answer));

const SESSION = {
  person: {
    id: 'ANA',
    name: 'Ana',
    email: 'ana@example.org',
    roles: ['agent'],
    teams: [],
    active: true,
    vip: false,
  },
  permissions: ['incident.read', 'of.a.later.version'],
  sessionId: 'S1',
  serverTime: Date.now() + 60_000,
};

function memory(start: string | null = null): Remembered {
  let kept = start;
  return {
    get: () => kept,
    set: (value) => (kept = value),
    remove: () => (kept = null),
  };
}

describe('calls to the server', () => {
  it.each([
    [400, 'rejected', false],
    [401, 'signed-out', false],
    [403, 'forbidden', false],
    [404, 'not-found', false],
    [429, 'overloaded', true],
    [500, 'server', true],
    [502, 'server', true],
    [507, 'server-disk-full', true],
  ] as const)('turn status %i into %s', async (status, code, retry) => {
    const api = answering(() => json({ title: 'No', detail: 'in words', code: 'x/y' }, status));
    await expect(api.request('/api/x')).rejects.toMatchObject({
      code,
      retry,
      status,
      problem: 'x/y',
      message: 'in words',
    });
  });

  it('carry how long the server asks to wait', async () => {
    const api = answering(() => json({}, 429, { 'retry-after': '7' }));
    await expect(api.request('/api/x')).rejects.toMatchObject({ retryAfterMs: 7000 });
  });

  it('say that the server cannot be reached, and that an answer came from something else', async () => {
    await expect(
      answering(() => {
        throw new TypeError('fetch failed');
      }).request('/api/x'),
    ).rejects.toMatchObject({ code: 'network', retry: true });
    await expect(
      answering(() => new Response('<html>please sign in to the hotel</html>')).request('/api/x'),
    ).rejects.toMatchObject({ code: 'answer-malformed', retry: true });
  });

  it('take no answer to commands that does not match them one for one', async () => {
    const command = claim();
    const other = { id: commandId('OTHER'), outcome: 'applied', version: 2 };
    for (const body of [[], [other], { outcome: 'applied' }, [{ id: command.id, outcome: 'perhaps' }]]) {
      await expect(answering(() => json(body)).commands([command])).rejects.toMatchObject({
        code: 'answer-malformed',
      });
    }
  });
});

describe('the session', () => {
  it('is remembered for a start without a network, with rights of this version only', async () => {
    const remembered = memory();
    const confirmed = await confirmSession(
      answering(() => json(SESSION)),
      remembered,
    );
    expect(confirmed?.confirmed).toBe(true);
    expect(confirmed?.clockOffsetMs).toBeGreaterThan(50_000);
    const offline = rememberedSession(remembered);
    expect(offline).toMatchObject({ confirmed: false, sessionId: 'S1', person: { id: 'ANA' } });
    expect([...(offline?.permissions ?? [])]).toEqual(['incident.read']);
  });

  it('is forgotten when the server knows nobody, and kept when it does not answer', async () => {
    const remembered = memory(JSON.stringify(SESSION));
    await expect(
      confirmSession(
        answering(() => json({}, 503)),
        remembered,
      ),
    ).rejects.toMatchObject({ code: 'server' });
    expect(rememberedSession(remembered)).not.toBeNull();
    expect(
      await confirmSession(
        answering(() => json({}, 401)),
        remembered,
      ),
    ).toBeNull();
    expect(rememberedSession(remembered)).toBeNull();
  });

  it('is nobody when what is remembered cannot be read', () => {
    for (const kept of [null, '', '{', '[]', '{"person":{}}', '{"person":{"id":"ANA"}}']) {
      expect(rememberedSession(memory(kept))).toBeNull();
    }
  });
});
