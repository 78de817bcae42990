import { ulid } from 'ulid';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { insertService } from '../access/organisation.ts';
import { serviceId } from '@muster/domain/shared';
import { startTestServer } from '../testing.ts';
import type { TestServer, TestSession } from '../testing.ts';

const HOUR = 3_600_000;
const NASTY = `Mail <script>alert("1")</script> & more; backslash \\, comma`;
const MAIL = serviceId(ulid());
const SECRET = serviceId(ulid());

let server: TestServer;
let lead: TestSession;
let outage: string;
let work: string;
const begin = Math.ceil(Date.now() / HOUR) * HOUR + 48 * HOUR;

beforeAll(async () => {
  server = await startTestServer();
  for (const [id, name] of [
    [MAIL, 'Mail & calendar'],
    [SECRET, 'Secret lab'],
  ] as const)
    await insertService(server.store.writer, { id, name, team: null, criticality: 2 });
  await server.store.refreshDirectory();
  lead = await server.signIn('lead@desk.test');
  outage = await announce({ kind: 'outage', title: NASTY, services: [MAIL] }, 'in_progress');
  work = await announce(
    { kind: 'maintenance', title: `New disks ${'ä'.repeat(60)}`, beginsAt: begin, endsAt: begin + HOUR },
    'scheduled',
  );
  await announce(
    { kind: 'outage', title: 'Internal only', services: [SECRET], public: false },
    'in_progress',
  );
  await announce({ kind: 'outage', title: 'A public draft', services: [SECRET] });
});
afterAll(() => server.stop());

async function announce(fields: object, ...steps: readonly string[]): Promise<string> {
  const id = ulid();
  const all = { message: 'Line one\nline two', services: [], beginsAt: null, endsAt: null, public: true };
  const made = await lead.run('announcement.create', id, { fields: { ...all, ...fields } });
  expect(made.outcome).toBe('applied');
  for (const to of steps)
    expect((await lead.run('announcement.step', id, { to, message: 'We are on it.' }, 1)).outcome).toBe(
      'applied',
    );
  return id;
}

const read = async (path: string) => (await server.call('GET', path)).text();

const PATHS = ['', '/feed.atom', '/feed.rss', '/calendar.ics', '/api/v2/summary.json'].map(
  (path) => `/status${path}`,
);

describe('the public status', () => {
  it.each(PATHS)('%s is there without signing in, for a minute, and is sent once', async (path) => {
    const answer = await server.call('GET', path);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('cache-control')).toBe('public, max-age=60');
    const tag = answer.headers.get('etag') ?? '';
    const again = await server.call('GET', path, undefined, { 'if-none-match': tag });
    expect(again.status).toBe(304);
  });

  it.each(PATHS)('%s tells nothing that is not public', async (path) => {
    const text = await read(path);
    for (const hidden of [
      'Internal only',
      'Secret lab',
      'A public draft',
      server.account('lead@desk.test').id,
    ])
      expect(text).not.toContain(hidden);
  });

  it('shows words as words on a page without scripts', async () => {
    const answer = await server.call('GET', '/status');
    const text = await answer.text();
    expect(text).not.toContain('<script');
    expect(text).toContain('Mail &lt;script&gt;');
    expect(text).toContain('Mail &amp; calendar');
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
  });

  it('says how services do, and what comes', async () => {
    const summary = JSON.parse(await read('/status/api/v2/summary.json')) as Record<string, unknown>;
    expect(summary).toMatchObject({
      status: { indicator: 'major' },
      components: [{ name: 'Mail & calendar', status: 'major_outage' }],
      incidents: [{ id: outage, status: 'in_progress', incident_updates: [{ body: 'We are on it.' }] }],
      scheduled_maintenances: [{ id: work, scheduled_for: new Date(begin).toISOString() }],
    });
  });

  it('has an entry for each update in both feeds', async () => {
    for (const [path, entry] of [
      ['/status/feed.atom', /<entry>/g],
      ['/status/feed.rss', /<item>/g],
    ] as const) {
      const feed = await read(path);
      expect(feed.match(entry)).toHaveLength(2);
      expect(feed).toContain(`/status#${outage}-1`);
      expect(feed).toContain(
        '[In progress] Mail &lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; more',
      );
    }
  });

  it('is a calendar of planned work that other programs read', async () => {
    const text = await read('/status/calendar.ics');
    const raw = text.split('\r\n');
    for (const line of raw) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
    const lines = text.replaceAll('\r\n ', '').split('\r\n');
    const value = (name: string) => lines.find((line) => line.startsWith(`${name}:`))?.slice(name.length + 1);
    expect(lines.filter((line) => line === 'BEGIN:VEVENT')).toHaveLength(1);
    expect(value('UID')).toMatch(new RegExp(`^announcement-${work}@`));
    expect(value('DTSTART')).toBe(`${new Date(begin).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`);
    expect(value('SUMMARY')).toBe(`[Scheduled] New disks ${'ä'.repeat(60)}`);
    expect(value('DESCRIPTION')).toBe('Line one\\nline two');
    expect([value('SEQUENCE'), value('STATUS')]).toEqual(['1', 'CONFIRMED']);
  });

  it('is not there at all when it is switched off', async () => {
    const off = await startTestServer({ statusPage: false });
    onTestFinished(() => off.stop());
    for (const path of PATHS) expect((await off.call('GET', path)).status).toBe(404);
  });

  it('takes no other address', async () => {
    expect((await server.call('GET', '/status/elsewhere')).status).toBe(404);
    expect((await server.call('POST', '/status', {})).status).toBe(404);
  });
});
