/** Ready parts for tests of the store: a folder of its own, people, and commands. Nothing here is used when serving. */
import { commandId, permissionsOf, personId, recordId, teamId } from '@muster/domain/shared';
import type {
  Actor,
  CommandEnvelope,
  CommandOutcome,
  PersonId,
  RecordId,
  Role,
  TeamId,
  TicketEvent,
} from '@muster/domain/shared';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ulid } from 'ulid';
import type { History, Store } from './store.ts';

export function temporaryFolder(): { readonly folder: string; readonly remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'muster-store-'));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

export const ANNE = personId('01J00000000000000000000ANN');
export const BERT = personId('01J00000000000000000000BER');
export const RITA = personId('01J00000000000000000000RTA');
export const NETWORK = teamId('01J00000000000000000000NET');

/** Anne and Bert are agents, Anne in the network team; Rita asks for things. */
export async function admitPeople(store: Store): Promise<void> {
  const people: readonly (readonly [PersonId, string, Role])[] = [
    [ANNE, 'Anne', 'agent'],
    [BERT, 'Bert', 'agent'],
    [RITA, 'Rita', 'requester'],
  ];
  await store.together([
    ...people.map(([id, name, role]) =>
      store.writer.insertInto('person').values({
        id,
        name,
        email: `${name}@desk.test`,
        roles: JSON.stringify([role]),
        active: 1,
        vip: 0,
        made_at: 0,
      }),
    ),
    store.writer.insertInto('team').values({ id: NETWORK, name: 'Network', lead: null }),
    store.writer.insertInto('team_member').values({ team: NETWORK, person: ANNE }),
  ]);
  await store.refreshDirectory();
}

export function actor(id: PersonId, role: Role = 'agent', teams: readonly TeamId[] = []): Actor {
  return { id, name: id, permissions: permissionsOf([role]), teams };
}

export const newId = (): RecordId => recordId(ulid());

export function command(type: string, target: RecordId, args: unknown = {}, basis = 0): CommandEnvelope {
  return { id: commandId(ulid()), type, target, args, basis, clientAt: Date.now() };
}

export const CREATE = {
  kind: 'incident',
  title: 'Mail is down',
  description: 'Nobody gets mail\nsince nine',
  impact: 1,
  urgency: 2,
  requester: RITA,
  service: null,
  category: null,
  team: null,
  channel: 'phone',
} as const;

/** Makes an incident and returns its id. */
export async function createIncident(store: Store, more: object = {}, by = actor(ANNE)): Promise<RecordId> {
  const id = newId();
  const [outcome] = await store.commands.run([command('incident.create', id, { ...CREATE, ...more })], by);
  if (outcome?.outcome !== 'applied') throw new Error(`not made: ${JSON.stringify(outcome)}`);
  return id;
}

export async function runOne(store: Store, one: CommandEnvelope, by: Actor): Promise<CommandOutcome> {
  const [outcome] = await store.commands.run([one], by);
  if (outcome === undefined) throw new Error('no outcome');
  return outcome;
}

const IMPORTED_AT = Date.UTC(2016, 1, 29);

/** A history of a source: made, and then replied to so many times. */
export function history(externalId: string, replies: number, more: Partial<History> = {}): History {
  const created: TicketEvent = {
    type: 'created',
    process: 'incident',
    number: null,
    ticket: {
      kind: 'incident',
      title: `Imported ${externalId}`,
      impact: 2,
      urgency: 2,
      priority: 3,
      matrixVersion: 1,
      requester: RITA,
      team: null,
      service: null,
      category: null,
      channel: 'import',
      tags: [],
      restrictedTo: null,
    },
    description: 'from elsewhere',
  };
  const said = Array.from({ length: replies }, (_, index): History['events'][number] => ({
    event: { type: 'replied', text: `word ${index}`, draft: null, side: 'staff' },
    actor: BERT,
    at: IMPORTED_AT + (index + 1) * 60_000,
  }));
  return {
    source: 'elsewhere',
    externalId,
    id: newId(),
    number: null,
    events: [{ event: created, actor: ANNE, at: IMPORTED_AT }, ...said],
    ...more,
  };
}
