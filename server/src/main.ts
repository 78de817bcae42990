/** Starts the server in this process. For now it serves the built web client alone. */
import { serve } from '@hono/node-server';
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';
import { fileURLToPath } from 'node:url';

const webBuild = fileURLToPath(new URL('../../web/build', import.meta.url));
const port = Number(process.env['PORT'] ?? 4400);

const app = new Hono();
app.get('/healthz', (c) => c.json({ ok: true }));
app.use('*', serveStatic({ root: webBuild }));
app.get('*', serveStatic({ root: webBuild, path: 'index.html' }));

const server = serve({ fetch: app.fetch, port }, (address) => {
  console.log(`Muster listens on http://localhost:${address.port}`);
});

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => server.close(() => process.exit(0)));
}
