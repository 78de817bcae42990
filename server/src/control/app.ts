import { Hono } from 'hono';
import { stream } from 'hono/streaming';
import { Readable } from 'node:stream';
import type { ReadableStream as NodeReadableStream } from 'node:stream/web';
import * as z from 'zod';
import { PERMISSIONS, SYSTEM } from '@muster/domain/shared';
import {
  INTEGRATION_KINDS,
  listIntegrations,
  makeIntegration,
  revokeIntegration,
} from '../alerts/integrations.ts';
import type { DemoAccount } from '../demo/index.ts';
import { importServiceNow } from '../import/runner.ts';
import { readMapping } from '../import/servicenow/settings.ts';
import type { Store } from '../store/store.ts';

/** What the command line needs beyond the store. */
export interface ControlPort {
  readonly store: Store;
  createKey(request: { name: string; scopes: readonly string[] }): Promise<{ id: string; secret: string }>;
  /** Fills an empty store with the demonstration. Throws `StoreNotEmpty`. */
  seed(): Promise<readonly DemoAccount[]>;
}

const Backup = z.object({ file: z.string().min(1) });
const Key = z.object({
  name: z.string().min(1),
  scopes: z.array(z.enum(PERMISSIONS, { error: unknownScope })).min(1),
});

const NewIntegration = z.object({ name: z.string().trim().min(1).max(120), kind: z.enum(INTEGRATION_KINDS) });
const Revocation = z.object({ id: z.string().min(1) });

function unknownScope(issue: { readonly input?: unknown }): string {
  return `"${String(issue.input)}" is not a permission; there are ${PERMISSIONS.join(', ')}`;
}

/**
 * The command line's door to the store, for whoever owns the data folder: no session, since it is never on the network.
 * A running server serves it on a socket file in the data folder; without one, the command line calls it in its own
 * process on a store that it opens itself. Either way there is one owner of the store.
 */
export function controlApp(port: ControlPort): Hono {
  const { store } = port;
  const app = new Hono();

  app.get('/ping', (c) => c.json({ pid: process.pid }));

  app.post('/import/servicenow', async (c) => {
    const body = c.req.raw.body;
    if (body === null) return c.json({ error: 'the request has no file' }, 400);
    const until = c.req.query('until');
    const options = {
      dryRun: c.req.query('dryRun') === 'true',
      mapping: await readMapping(store),
      ...(until === undefined ? {} : { until: Number(until) }),
    };
    return stream(c, async (out) => {
      let fault: unknown = null;
      const cancel = new AbortController();
      out.onAbort(() => cancel.abort());
      const line = (value: unknown): Promise<unknown> => out.write(`${JSON.stringify(value)}\n`);
      const source = Readable.fromWeb(body as NodeReadableStream<Uint8Array>);
      const end = await importServiceNow(store, source, {
        ...options,
        signal: cancel.signal,
        onProgress: (progress) => void line({ ...progress, problems: [] }),
        onFault: (error) => (fault = error),
      });
      // whoever owns the data folder may know what broke
      await line(fault instanceof Error ? { ...end, error: fault.message } : end);
    });
  });

  app.post('/backup', async (c) => {
    const { file } = Backup.parse(await c.req.json());
    await store.backup(file);
    return c.json({ file });
  });

  app.post('/verify', async (c) => c.json(await store.verify()));

  app.post('/key', async (c) => c.json(await port.createKey(Key.parse(await c.req.json()))));

  app.post('/integration/create', async (c) => {
    const asked = NewIntegration.parse(await c.req.json());
    const whole = { team: null, service: null, ...asked, madeBy: SYSTEM };
    const made = await makeIntegration(store.writer, whole, Date.now());
    await store.refreshDirectory();
    return c.json({ id: made.integration.id, key: made.key });
  });

  app.post('/integration/list', async (c) => c.json({ integrations: await listIntegrations(store.writer) }));

  app.post('/integration/revoke', async (c) => {
    const { id } = Revocation.parse(await c.req.json());
    if (!(await revokeIntegration(store.writer, id))) {
      throw new Error(`there is no integration ${id}, or its key is revoked already`);
    }
    return c.json({ id });
  });

  app.post('/seed', async (c) => c.json(await port.seed()));

  app.onError((error, c) =>
    c.json({ error: error instanceof z.ZodError ? z.prettifyError(error) : error.message }, 400),
  );
  return app;
}
