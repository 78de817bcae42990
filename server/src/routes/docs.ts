/** The page that shows the API: the viewer's files come from its package, so nothing is fetched from elsewhere. */
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { docsPolicy } from './security.ts';

const viewer = dirname(fileURLToPath(import.meta.resolve('swagger-ui-dist/package.json')));
const FILES = ['swagger-ui.css', 'swagger-ui-bundle.js', 'favicon-32x32.png'];

const PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width" />
    <title>Muster: the API</title>
    <link rel="icon" href="/api/docs/favicon-32x32.png" />
    <link rel="stylesheet" href="/api/docs/swagger-ui.css" />
  </head>
  <body>
    <main id="api"></main>
    <script src="/api/docs/swagger-ui-bundle.js"></script>
    <script src="/api/docs/start.js"></script>
  </body>
</html>
`;

const START = `SwaggerUIBundle({ url: '/api/openapi.json', dom_id: '#api', deepLinking: true, persistAuthorization: false });\n`;

export function docsRoutes(): Hono {
  const app = new Hono();
  app.use('*', async (c, next) => {
    await next();
    c.header('content-security-policy', docsPolicy);
  });
  app.get('/', (c) => c.html(PAGE));
  app.get('/start.js', (c) => c.body(START, 200, { 'content-type': 'text/javascript; charset=utf-8' }));
  for (const file of FILES) app.get(`/${file}`, serveStatic({ root: viewer, path: file }));
  return app;
}
