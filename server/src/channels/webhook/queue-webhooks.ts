import { deciderOf } from '@muster/domain';
import { WEBHOOK_TRIED_MS, webhookContent } from '@muster/domain/shared';
import type { CommandId, Directory, RecordId, WebhookContent } from '@muster/domain/shared';
import { createHash } from 'node:crypto';
import type { RecordChange } from '../../commands/projection.ts';
import type { Statements } from '../../store/sqlite/statements.ts';

/**
 * Puts what happened into the queue of every webhook that wants it, in the transaction of the event: neither is there
 * without the other. What an import brings is the past of another desk and told to nobody.
 */
export function queueWebhooks(
  statements: Statements,
  directory: Directory,
  { before, recorded, after, imported, command }: RecordChange,
  now: number,
): void {
  if (imported || command === null) return;
  const open = statements.prepare('select id, kinds from webhook where enabled = 1').all() as {
    readonly id: string;
    readonly kinds: string;
  }[];
  if (open.length === 0) return;
  const { evolve } = deciderOf(after.process);
  let held = before;
  for (const [place, each] of recorded.entries()) {
    const next = evolve(held, each, after.id);
    const content = webhookContent(held, next, each.event, each.actor);
    held = next;
    if (content === null) continue;
    const wanting = open.filter(({ kinds }) => (JSON.parse(kinds) as string[]).includes(content.type));
    if (wanting.length === 0) continue;
    const message = messageOf(command, after.id, place);
    const body = bodyOf(message, each.at, content, directory);
    for (const { id } of wanting)
      statements
        .prepare(
          `insert into webhook_delivery (webhook, message, type, record, body, state, made_at, next_at, until)
           values (?, ?, ?, ?, ?, 'queued', ?, ?, ?) on conflict (webhook, message) do nothing`,
        )
        .run(id, message, content.type, after.id, body, now, now, now + WEBHOOK_TRIED_MS);
  }
}

/**
 * The same event has the same id wherever it is decided: also when a device brings its act again after a restore, on a
 * record that others came to first.
 */
function messageOf(command: CommandId, record: RecordId, place: number): string {
  return createHash('sha256').update(`${command}:${record}:${place}`).digest('hex').slice(0, 40);
}

function bodyOf(
  message: string,
  at: number,
  { type, data, previous }: WebhookContent,
  directory: Directory,
): string {
  const names = namesIn(data, directory);
  return JSON.stringify({ id: message, type, createdAt: at, data: { ...data, names }, previous });
}

/** Names for the ids of people, teams and services, so that a receiver needs to ask for none. */
function namesIn(
  { record: { requester, owner, team, service }, by }: WebhookContent['data'],
  { people, teams, services }: Directory,
): Readonly<Record<string, string>> {
  const known = [
    ...[requester, owner, by].map((id) => (id === null ? undefined : people.get(id))),
    team === null ? undefined : teams.get(team),
    service === null ? undefined : services.get(service),
  ].filter((one) => one !== undefined);
  return Object.fromEntries(known.map(({ id, name }) => [id, name]));
}
