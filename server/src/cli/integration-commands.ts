import type { Command } from 'commander';
import { INTEGRATION_KINDS } from '../alerts/integrations.ts';
import type { Integration } from '../alerts/integrations.ts';
import type { Config } from '../config.ts';
import { withStoreOwner } from './store-owner.ts';
import { readJson } from './transport.ts';

/** `muster integration create|list|revoke`: who may send alerts. */
export function addIntegrationCommands(program: Command, config: Config): void {
  const ask = <Answer>(path: string, body: object): Promise<Answer> =>
    withStoreOwner(config, async (send) =>
      readJson<Answer>(await send({ path, body: JSON.stringify(body) })),
    );
  const group = program.command('integration').description('monitoring systems that may send alerts');

  group
    .command('create')
    .description('make one and print its address and its key, once')
    .requiredOption('--name <name>', 'what sends, as incidents show it')
    .option('--kind <kind>', INTEGRATION_KINDS.join(', '), 'alertmanager')
    .action(async (options: { name: string; kind: string }) => {
      const { id, key } = await ask<{ id: string; key: string }>('/integration/create', options);
      process.stdout.write(`/api/alerts/${id}\n${key}\n`);
    });

  group
    .command('list')
    .description('all of them, with what they sent')
    .action(async () => {
      const { integrations } = await ask<{ integrations: readonly Integration[] }>('/integration/list', {});
      for (const one of integrations) process.stdout.write(`${line(one)}\n`);
    });

  group
    .command('revoke')
    .description('let one send no more')
    .argument('<id>')
    .action(async (id: string) => {
      await ask('/integration/revoke', { id });
      process.stdout.write(`${id} sends alerts no more\n`);
    });
}

function line({ id, kind, name, revoked, counts, lastReceivedAt }: Integration): string {
  const last = lastReceivedAt === null ? 'never' : new Date(lastReceivedAt).toISOString();
  const state = revoked ? ' (revoked)' : '';
  return `${id}  ${kind}  ${name}${state}  ${counts.received} payloads, ${counts.malformed} malformed, last ${last}`;
}
