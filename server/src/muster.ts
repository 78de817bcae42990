/** `npm run muster -- <command>`: the command line, on the same store as the server, running or not. */
import { Command, InvalidArgumentError } from 'commander';
import { resolve } from 'node:path';
import { runImport } from './cli/import-command.ts';
import { addIntegrationCommands } from './cli/integration-commands.ts';
import { runRestore } from './cli/restore-command.ts';
import { withStoreOwner } from './cli/store-owner.ts';
import { readJson } from './cli/transport.ts';
import { readConfig } from './config.ts';
import type { DemoAccount } from './demo/index.ts';
import { accountLine } from './greeting.ts';
import type { VerifyReport } from './store/store.ts';

const config = readConfig(process.env, []);
const program = new Command('muster')
  .description('Look after a Muster store: the one in MUSTER_DATA (data/ unless set)')
  .showHelpAfterError()
  .configureOutput({ outputError: (text, write) => write(text) });

const importing = program.command('import').description('bring records in from another product');

importing
  .command('servicenow')
  .description('an incident event log, CSV, plain or gzip; the same file again changes nothing')
  .argument('<file>')
  .option('--dry-run', 'check and count, write nothing', false)
  .option('--until <time>', 'leave out what happened after this ISO time', instant)
  .action(async (file: string, options: { dryRun: boolean; until?: number }) => {
    process.exitCode = await withStoreOwner(config, (send) =>
      runImport(send, { file: resolve(file), ...options }, process.stdout),
    );
  });

program
  .command('backup')
  .description('copy the store to a file, in place of one of that name; consistent while the server runs')
  .argument('<file>')
  .action(async (file: string) => {
    const body = JSON.stringify({ file: resolve(file) });
    await withStoreOwner(config, async (send) => readJson(await send({ path: '/backup', body })));
    process.stdout.write(`backup written to ${resolve(file)}\n`);
  });

program
  .command('restore')
  .description('put a backup back while no server runs, or say that the data folder was put back from a copy')
  .argument('[file]')
  .option('--in-place', 'the data folder is a copy already, marker and all', false)
  .action(async (file: string | undefined, { inPlace }: { inPlace: boolean }) => {
    if ((file === undefined) !== inPlace) throw new Error('name a backup, or say --in-place');
    await runRestore(config, file ?? null, Date.now(), process.stdout);
  });

program
  .command('verify')
  .description('check the hash chain, the snapshots and every projection against the events')
  .action(async () => {
    const report = await withStoreOwner(config, async (send) =>
      readJson<VerifyReport>(await send({ path: '/verify', body: '{}' })),
    );
    for (const finding of report.findings) process.stdout.write(`${finding}\n`);
    process.stdout.write(
      `${report.ok ? 'all is well' : 'NOT well'}: ${report.events} events, ${report.records} records, ${report.documents} documents\n`,
    );
    if (report.roomsNotIndexed > 0) {
      process.stdout.write(
        `the words of ${report.roomsNotIndexed} rooms are not searchable yet; a running server indexes them in a moment\n`,
      );
    }
    process.exitCode = report.ok ? 0 : 1;
  });

program
  .command('key')
  .description('keys for machines')
  .command('create')
  .description('make a key and print it, once')
  .requiredOption(
    '--scopes <list>',
    'permissions, separated by commas, for example incident.read,incident.work',
  )
  .option('--name <name>', 'what the key is for', 'command line')
  .action(async (options: { scopes: string; name: string }) => {
    const body = JSON.stringify({
      name: options.name,
      scopes: options.scopes.split(',').map((scope) => scope.trim()),
    });
    const key = await withStoreOwner(config, async (send) =>
      readJson<{ id: string; secret: string }>(await send({ path: '/key', body })),
    );
    process.stdout.write(`${key.secret}\n`);
  });

addIntegrationCommands(program, config);

program
  .command('seed')
  .description('fill an empty store with the demonstration organisation')
  .action(async () => {
    const accounts = await withStoreOwner(config, async (send) =>
      readJson<DemoAccount[]>(await send({ path: '/seed', body: '{}' })),
    );
    process.stdout.write(`Sign in as one of these:\n${accounts.map(accountLine).join('\n')}\n`);
  });

await program.parseAsync().catch((error: unknown) => {
  process.stderr.write(`muster: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});

function instant(text: string): number {
  const at = Date.parse(text);
  if (Number.isNaN(at)) throw new InvalidArgumentError('not an ISO time, for example 2016-03-10T12:00:00Z');
  return at;
}
