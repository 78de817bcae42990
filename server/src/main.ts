/** The process that listens. Everything that it is made of can be started by tests as well: see `server.ts`. */
import { Registry, collectDefaultMetrics } from 'prom-client';
import { ConfigError, readConfig } from './config.ts';
import { openLog } from './log.ts';
import { greet } from './greeting.ts';
import { startServer } from './server.ts';
import type { RunningServer } from './server.ts';

const say = (text: string) => process.stdout.write(`${text}\n`);

try {
  const config = readConfig(process.env, process.argv.slice(2));
  const log = openLog(config.logLevel);
  // one request's fault must not take everybody's server down; the store guards its own state
  process.on('uncaughtException', (error) => log.error({ error }, 'an error nobody caught'));
  process.on('unhandledRejection', (error) => log.error({ error }, 'a rejection nobody caught'));
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const server = await startServer(config, log, { registry });
  stopOnSignal(server);
  say(await greet(server, config));
} catch (error) {
  process.stderr.write(`${explain(error)}\n`);
  process.exit(1);
}

function stopOnSignal(server: RunningServer): void {
  let asked = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (asked) process.exit(1);
      asked = true;
      server.stop().then(
        () => process.exit(0),
        () => process.exit(1),
      );
    });
  }
}

/** Why the server does not start, for whoever started it. */
function explain(error: unknown): string {
  if (error instanceof ConfigError) return `Muster cannot start with these settings:\n${error.message}`;
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const port = process.env['PORT'] ?? 4400;
  if (code === 'EADDRINUSE')
    return `Port ${port} is taken by another program. Stop it, or set PORT to another port.`;
  if (code === 'EACCES') return `Port ${port} or the data folder is not open to this user.`;
  return `Muster cannot start: ${error instanceof Error ? error.message : String(error)}`;
}
