import { mkdtemp, rm, writeFile, mkdir } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer } from './testing.ts';
import type { TestServer, TestSession } from './testing.ts';

const PAGE = '<!doctype html><title>Muster</title><script>start()</script><script src="/a.js"></script>';
/** base64 of SHA-256 of `start()`. */
const START_HASH = 'sha256-DIm7WJS6ZKDYe5qFLPy+h4JFI9Bol5QmYC57mt3Fb00=';

let server: TestServer;
let agent: TestSession;
let clientFolder: string;
beforeAll(async () => {
  clientFolder = await mkdtemp(join(tmpdir(), 'muster-client-'));
  await mkdir(join(clientFolder, '_app/immutable'), { recursive: true });
  await writeFile(join(clientFolder, 'index.html'), PAGE);
  await writeFile(join(clientFolder, 'service-worker.js'), '// worker');
  await writeFile(join(clientFolder, '_app/immutable/entry.js'), '// entry');
  server = await startTestServer({ clientFolder });
  agent = await server.signIn('agent@desk.test');
});
afterAll(async () => {
  await server.stop();
  await rm(clientFolder, { recursive: true });
});

const ids = { id: '01M83SYWXVV56WFWH1KKGVMRWH', target: '01M83SYX22622HVCYJ4Y99M8K3' };

describe('errors', () => {
  it('are problem details with a stable code, for addresses that are not there too', async () => {
    for (const path of ['/api/nothing', '/api/imports/x/y/z', '/sync/board/desk@1']) {
      const answer = await agent.call('GET', path);
      expect(answer.headers.get('content-type')).toBe('application/problem+json');
      expect(await answer.json()).toEqual({
        type: 'urn:muster:problem:not-found',
        title: expect.any(String),
        status: 404,
        detail: expect.any(String),
        code: 'not-found',
      });
    }
  });

  it('name the methods that an address takes', async () => {
    const answer = await agent.call('PUT', '/api/commands', []);
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'POST']);
    expect(await answer.json()).toMatchObject({ code: 'method-not-allowed' });
  });

  it('say where malformed JSON breaks', async () => {
    const long = await agent.call('POST', '/api/commands', '[\n  {"id": "1", ]\n]');
    expect(long.status).toBe(400);
    expect(await long.json()).toMatchObject({
      code: 'malformed-json',
      faults: [{ where: 'line 2, column 15', what: expect.stringContaining('property name') }],
    });
    const short = await agent.call('POST', '/api/commands', '[1, }');
    expect(await short.json()).toMatchObject({
      code: 'malformed-json',
      detail: expect.stringContaining("'}'"),
    });
  });

  it('name every fault of a request, and change nothing', async () => {
    const good = { ...ids, type: 'incident.claim', basis: 0, clientAt: 1 };
    const answer = await agent.call('POST', '/api/commands', [
      good,
      { ...good, basis: -1, type: 'claim', more: 1 },
    ]);
    expect(answer.status).toBe(400);
    const { faults } = (await answer.json()) as { faults: { where: string; what: string }[] };
    expect(faults.map((fault) => fault.where)).toEqual(['body.1.type', 'body.1.basis', 'body.1']);
    const { n } = await server.store.reader
      .selectFrom('command')
      .select((on) => on.fn.countAll<number>().as('n'))
      .executeTakeFirstOrThrow();
    expect(n).toBe(0);
  });

  it('refuse what is nested too deeply, before anything has to write it down', async () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    const good = JSON.stringify({ ...ids, type: 'incident.claim', basis: 0, clientAt: 1, args: { x: 0 } });
    const answer = await agent.call('POST', '/api/commands', `[${good.replace('"x":0', `"x":${deep}`)}]`);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ detail: expect.stringContaining('levels deep') });
  });

  it('refuse other media, too many commands and too large bodies', async () => {
    const text = await server.call('POST', '/api/commands', '[]', {
      cookie: agent.cookie,
      'content-type': 'text/plain',
    });
    const many = await agent.call('POST', '/api/commands', Array(101).fill({}));
    const large = await agent.call('POST', '/api/commands', `["${'x'.repeat(3 * 1024 * 1024)}"]`);
    expect([text.status, many.status, large.status]).toEqual([415, 400, 413]);
  });

  it('ask for a session before they tell anything', async () => {
    for (const [method, path] of [
      ['GET', '/api/session'],
      ['POST', '/api/commands'],
      ['GET', '/api/documents'],
      ['GET', '/api/people'],
      ['GET', '/api/status'],
      ['POST', '/api/imports/servicenow'],
    ] as const) {
      expect((await server.call(method, path)).status).toBe(401);
    }
  });
});

describe('other sites', () => {
  const from = (origin: string) =>
    server.call('POST', '/api/commands', '[]', { cookie: agent.cookie, origin });

  it('cannot make a browser change anything', async () => {
    for (const origin of ['https://evil.test', 'null', 'http://localhost:1', `${server.url}.evil.test`]) {
      const answer = await from(origin);
      expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([
        403,
        'foreign-origin',
      ]);
    }
  });

  it('are told apart from our own', async () => {
    expect((await from(server.url)).status).toBe(200);
  });
});

describe('the API description', () => {
  interface Description {
    paths: Record<string, Record<string, { summary?: string; responses: Record<string, unknown> }>>;
  }
  const describeApi = async () =>
    (await (await server.call('GET', '/api/openapi.json')).json()) as Description;

  it('lists every route with a summary, its answer and the problems it can have', async () => {
    const { paths } = await describeApi();
    const described = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`),
    );
    const served = server.app.routes
      .map((route) => `${route.method} ${route.path}`)
      .filter((route) => /^(?!ALL)\w+ (\/api\/(?!docs|openapi)|\/(?:healthz|readyz|metrics)$)/.test(route));
    expect(described.sort()).toEqual([...new Set(served)].sort());
    for (const operation of Object.values(paths).flatMap((methods) => Object.values(methods))) {
      expect(operation.summary).toBeTruthy();
      expect(Object.keys(operation.responses).some((status) => status.startsWith('2'))).toBe(true);
    }
  });

  it('has no reference that leads nowhere', async () => {
    const description = await describeApi();
    const text = JSON.stringify(description);
    const refs = [...text.matchAll(/"\$ref":"#\/([^"]+)"/g)].map(([, path]) => path ?? '');
    expect(refs.length).toBeGreaterThan(0);
    for (const ref of new Set(refs)) {
      const found = ref
        .split('/')
        .reduce<unknown>((at, key) => (at as Record<string, unknown>)?.[key], description);
      expect(found, ref).toBeTypeOf('object');
    }
  });

  it('has a page that loads nothing from elsewhere', async () => {
    const page = await server.call('GET', '/api/docs');
    expect(page.headers.get('content-security-policy')).toContain("script-src 'self';");
    const html = await page.text();
    const files = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, file]) => file ?? '');
    expect(files.length).toBe(4);
    for (const file of files) expect((await server.call('GET', file)).status).toBe(200);
  });
});

describe('the client', () => {
  it('is one page for every address of it, with its inline script allowed by hash', async () => {
    for (const path of ['/', '/incident/01M83SYX22622HVCYJ4Y99M8K3', '/set-up']) {
      const answer = await server.call('GET', path);
      expect(await answer.text()).toBe(PAGE);
      expect(answer.headers.get('content-security-policy')).toContain(`script-src 'self' '${START_HASH}';`);
      expect(answer.headers.get('cache-control')).toBe('no-cache');
    }
  });

  it('is asked for again unless its name changes with its content', async () => {
    const worker = await server.call('GET', '/service-worker.js');
    const entry = await server.call('GET', '/_app/immutable/entry.js');
    expect(worker.headers.get('cache-control')).toBe('no-cache');
    expect(entry.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect((await server.call('GET', '/_app/immutable/older.js')).status).toBe(404);
  });

  it('is not sent twice', async () => {
    const etag = (await server.call('GET', '/')).headers.get('etag') ?? '';
    const again = await server.call('GET', '/', undefined, { 'if-none-match': etag });
    expect([etag === '', again.status]).toEqual([false, 304]);
  });

  it('does not leave its folder', async () => {
    for (const path of ['/../package.json', '/..%2f..%2fpackage.json', '/%2e%2e/%2e%2e/etc/passwd']) {
      expect(await rawGet(path)).not.toContain('root:');
      expect(await rawGet(path)).not.toContain('"name"');
    }
  });
});

/** A request whose path nothing has normalised. */
function rawGet(path: string): Promise<string> {
  const { hostname, port } = new URL(server.url);
  return new Promise((resolve, reject) => {
    request({ hostname, port, path }, (answer) => {
      let body = '';
      answer.on('data', (chunk: Buffer) => (body += chunk.toString()));
      answer.on('end', () => resolve(body));
    })
      .on('error', reject)
      .end();
  });
}
