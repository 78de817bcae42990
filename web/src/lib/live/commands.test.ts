import { directoryName, parseName, readDirectory, writeDirectory } from '@muster/documents';
import { permissionsOf, personId } from '@muster/domain/shared';
import type { CommandEnvelope, Directory, Person, TicketAct } from '@muster/domain/shared';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import type { Handle } from '../connection/shelf.ts';
import { TicketCommands } from './commands.ts';
import { People } from './people.ts';

const rita: Person = {
  id: personId('rita'),
  name: 'Rita',
  email: 'rita@desk.test',
  roles: ['requester'],
  teams: [],
  active: true,
  vip: false,
};

const ASK: Extract<TicketAct, { verb: 'create' }> = {
  verb: 'create',
  kind: 'request',
  title: 'A chair',
  description: '',
  impact: 3,
  urgency: 3,
  requester: rita.id,
  service: null,
  category: null,
  team: null,
  channel: 'portal',
};

/** A device before (`people` empty) or after the directory has come to it. */
function deviceThatKnows(people: readonly Person[]) {
  const doc = new Y.Doc();
  const empty = readDirectory(new Y.Doc());
  const directory: Directory = { ...empty, people: new Map(people.map((one) => [one.id, one])) };
  writeDirectory(doc, directory);
  const organisation = new People(rita, () => undefined);
  const handle = {
    current: { doc, name: parseName(directoryName(1)) },
    onChange: () => () => undefined,
  };
  organisation.follow([handle as unknown as Handle]);
  const sent: CommandEnvelope[] = [];
  const commands = new TicketCommands({
    tickets: { peek: () => undefined, confirmed: () => undefined },
    outbox: {
      submit: (envelope) => {
        sent.push(envelope);
        return { kept: Promise.resolve('kept'), settled: new Promise(() => undefined) };
      },
    },
    around: () => ({
      actor: { id: rita.id, name: rita.name, permissions: permissionsOf(rita.roles), teams: [] },
      directory: organisation.peek(),
      ticket: () => undefined,
    }),
    knowsOrganisation: () => organisation.isHere,
    now: () => 1_780_000_000_000,
  });
  return { commands, sent };
}

describe('an act on a device', () => {
  it('without the directory goes to the server, which knows who is there', async () => {
    const { commands, sent } = deviceThatKnows([]);
    expect(await commands.create('desk', ASK).kept).toBe('kept');
    expect(sent.map(({ type }) => type)).toEqual(['desk.create']);
  });

  it('with the directory is refused at once when it names nobody', async () => {
    const { commands, sent } = deviceThatKnows([rita]);
    const nobody = { ...ASK, requester: personId('nobody') };
    expect(await commands.create('desk', nobody).settled).toMatchObject({ outcome: 'refused' });
    expect(await commands.create('desk', ASK).kept).toBe('kept');
    expect(sent).toHaveLength(1);
  });
});
