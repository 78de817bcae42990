import { deciderOf } from '@muster/domain';
import { changeWebhook, evolveChange } from '@muster/domain/change';
import type { ChangeWebhookContent } from '@muster/domain/change';
import { WEBHOOK_TRIED_MS, webhookContent } from '@muster/domain/shared';
import type {
  CommandId,
  Directory,
  PersonId,
  RecordId,
  ServiceId,
  TeamId,
  WebhookContent,
} from '@muster/domain/shared';
import { createHash } from 'node:crypto';
import type { RecordChange, ShownChange } from '../../commands/projection.ts';
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
  const open = imported || command === null ? [] : openWebhooks(statements);
  if (open.length === 0 || command === null) return;
  const { evolve } = deciderOf(after.process);
  let held = before;
  for (const [place, each] of recorded.entries()) {
    const next = evolve(held, each, after.id);
    const content = webhookContent(held, next, each.event, each.actor);
    held = next;
    if (content === null) continue;
    const names = namesIn(content.data, directory);
    queue(
      statements,
      open,
      { message: messageOf(command, after.id, place), at: each.at, content, names },
      now,
    );
  }
}

/** The same for a change. */
export function queueChangeWebhooks(
  statements: Statements,
  directory: Directory,
  { before, recorded, after, command }: ShownChange,
  now: number,
): void {
  const open = openWebhooks(statements);
  if (open.length === 0) return;
  let held = before;
  for (const [place, each] of recorded.entries()) {
    const next = evolveChange(held, each, after.id);
    const content = changeWebhook(held, next, each.event, each.actor);
    held = next;
    if (content === null) continue;
    const { owner, team } = content.data.record;
    const names = namesIn(
      { record: { requester: null, service: null, owner, team }, by: each.actor },
      directory,
    );
    queue(
      statements,
      open,
      { message: messageOf(command, after.id, place), at: each.at, content, names },
      now,
    );
  }
}

interface OpenWebhook {
  readonly id: string;
  readonly kinds: string;
}

function openWebhooks(statements: Statements): readonly OpenWebhook[] {
  return statements.prepare('select id, kinds from webhook where enabled = 1').all() as OpenWebhook[];
}

function queue(
  statements: Statements,
  open: readonly OpenWebhook[],
  event: {
    readonly message: string;
    readonly at: number;
    readonly content: WebhookContent | ChangeWebhookContent;
    readonly names: Readonly<Record<string, string>>;
  },
  now: number,
): void {
  const { message, content } = event;
  const { type, data } = content;
  const wanting = open.filter(({ kinds }) => (JSON.parse(kinds) as string[]).includes(type));
  if (wanting.length === 0) return;
  const body = bodyOf(event);
  for (const { id } of wanting)
    statements
      .prepare(
        `insert into webhook_delivery (webhook, message, type, record, body, state, made_at, next_at, until)
         values (?, ?, ?, ?, ?, 'queued', ?, ?, ?) on conflict (webhook, message) do nothing`,
      )
      .run(id, message, type, data.record.id, body, now, now, now + WEBHOOK_TRIED_MS);
}

/**
 * The same event has the same id wherever it is decided: also when a device brings its act again after a restore, on a
 * record that others came to first.
 */
function messageOf(command: CommandId, record: RecordId, place: number): string {
  return createHash('sha256').update(`${command}:${record}:${place}`).digest('hex').slice(0, 40);
}

function bodyOf({
  message,
  at,
  content: { type, data, previous },
  names,
}: Parameters<typeof queue>[2]): string {
  return JSON.stringify({ id: message, type, createdAt: at, data: { ...data, names }, previous });
}

/** Names for the ids of people, teams and services, so that a receiver needs to ask for none. */
function namesIn(
  {
    record: { requester, owner, team, service },
    by,
  }: {
    readonly record: {
      readonly requester: PersonId | null;
      readonly owner: PersonId | null;
      readonly team: TeamId | null;
      readonly service: ServiceId | null;
    };
    readonly by: PersonId;
  },
  { people, teams, services }: Directory,
): Readonly<Record<string, string>> {
  const known = [
    ...[requester, owner, by].map((id) => (id === null ? undefined : people.get(id))),
    team === null ? undefined : teams.get(team),
    service === null ? undefined : services.get(service),
  ].filter((one) => one !== undefined);
  return Object.fromEntries(known.map(({ id, name }) => [id, name]));
}
