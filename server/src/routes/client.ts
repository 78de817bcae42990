/** Serves the built web client: immutable files for ever, the page itself always asked again. */
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';
import { etag } from 'hono/etag';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ProblemError } from './problem.ts';
import { clientPolicy } from './security.ts';

const FOR_EVER = 'public, max-age=31536000, immutable';
const ASK_AGAIN = 'no-cache';
const INLINE_SCRIPT = /<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g;

/** `folder` is the output of the client's build; when it is missing at the start every page says so. */
export function clientRoutes(folder: string): Hono {
  if (!existsSync(folder)) return unbuiltClient();
  const page = join(folder, 'index.html');
  const hashes = scriptHashes(page);
  const app = new Hono();

  app.use('*', async (c, next) => {
    await next();
    c.header('content-security-policy', clientPolicy(c.req.header('host'), hashes()));
    const immutable = c.req.path.startsWith('/_app/immutable/') && c.res.ok;
    c.header('cache-control', immutable ? FOR_EVER : ASK_AGAIN);
  });
  app.use('/_app/immutable/*', serveStatic({ root: folder, precompressed: true }));
  app.use('/_app/immutable/*', () => {
    throw new ProblemError('not-found', 'this file is of another version of the client');
  });
  app.use('*', etag());
  app.use('*', serveStatic({ root: folder, precompressed: true }));
  app.get('*', serveStatic({ root: folder, path: 'index.html', precompressed: true }));
  return app;
}

function unbuiltClient(): Hono {
  return new Hono().get('*', (c) =>
    c.text('The web client is not built yet: run `npm start`, which builds it.\n', 503),
  );
}

/** Hashes of the page's inline scripts for its content policy, read again when the page is built anew. */
function scriptHashes(page: string): () => readonly string[] {
  let builtAt = -1;
  let hashes: readonly string[] = [];
  return () => {
    if (!existsSync(page)) return [];
    const { mtimeMs } = statSync(page);
    if (mtimeMs !== builtAt) {
      builtAt = mtimeMs;
      hashes = [...readFileSync(page, 'utf8').matchAll(INLINE_SCRIPT)].map(([, script]) =>
        hashSource(script ?? ''),
      );
    }
    return hashes;
  };
}

function hashSource(script: string): string {
  return `'sha256-${createHash('sha256').update(script).digest('base64')}'`;
}
