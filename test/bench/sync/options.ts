/** What a run of the sync bench is asked for on its command line. */
import { parseArgs } from 'node:util';
import { SERVER_NAMES } from './servers/server.ts';
import type { ServerName } from './servers/server.ts';

export interface RunOptions {
  /** Names of scenarios; none runs all of them. */
  readonly scenarios: readonly string[];
  readonly servers: readonly ServerName[];
  /** A first impression in seconds; writes no results. */
  readonly short: boolean;
  readonly repeats: number;
  /** Folder for CPU profiles of the servers. */
  readonly profile: string | undefined;
}

const REPEATS = 3;

export class UsageError extends Error {}

/** Throws `UsageError` for what it does not know. */
export function readOptions(argv: readonly string[]): RunOptions {
  const { values, positionals } = parseArgs({
    args: argv.filter((argument) => argument !== '--'),
    allowPositionals: true,
    options: {
      short: { type: 'boolean', default: false },
      servers: { type: 'string', default: SERVER_NAMES.join(',') },
      repeats: { type: 'string' },
      profile: { type: 'string' },
    },
  });
  const servers = values.servers.split(',').map((name) => {
    const known = SERVER_NAMES.find((one) => one === name);
    if (known === undefined) throw new UsageError(`no server ${name}; there are ${SERVER_NAMES.join(', ')}`);
    return known;
  });
  const repeats = Number(values.repeats ?? (values.short ? 1 : REPEATS));
  if (!Number.isInteger(repeats) || repeats < 1) throw new UsageError('--repeats is a whole number from 1');
  return { scenarios: positionals, servers, short: values.short, repeats, profile: values.profile };
}
