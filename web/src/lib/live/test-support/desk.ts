import {
  boardName,
  directoryName,
  draftName,
  inboxName,
  seedBoard,
  staffDirectoryName,
  writeDirectory,
  writeRow,
  writeStaffDirectory,
} from '@muster/documents';
import { deciderOf } from '@muster/domain';
import { DEFAULT_MATRIX, permissionsOf, personId, recordId, teamId } from '@muster/domain/shared';
import type { CommandEnvelope, CommandOutcome, Directory, Person, Ticket } from '@muster/domain/shared';
import type { Api } from '../../connection/api.ts';
import { BoundaryError } from '../../connection/boundary-error.ts';
import { openWire } from '../../connection/test-support/wire.ts';
import { openMuster } from '../open-muster.ts';
import type { OpenMuster } from '../open-muster.ts';
import type { Surface } from '../surface.ts';

/** A small desk in one process: a wire with boards, and a clerk in place of the server who answers commands as told. */
export function openDesk() {
  const wire = openWire();
  const sent: CommandEnvelope[] = [];
  let answer: (command: CommandEnvelope) => CommandOutcome = ({ id }) => ({
    id,
    outcome: 'applied',
    version: 2,
  });
  let reachable = true;
  const directory = directoryOf();
  seedBoard(wire.document(BOARD));
  writeDirectory(wire.document(DIRECTORY), directory);
  writeStaffDirectory(wire.document(STAFF_DIRECTORY), directory);
  const opened: OpenMuster[] = [];

  const boards = new Set([BOARD]);

  const documentsOf = (person: Person) => [
    ...[...boards].map((name) => ({ name, kind: 'board' })),
    { name: DIRECTORY, kind: 'directory' },
    { name: STAFF_DIRECTORY, kind: 'directory' },
    { name: inboxName(person.id), kind: 'inbox' },
    { name: draftName(person.id), kind: 'draft' },
  ];

  function apiFor(person: Person): Api {
    const reach = <Value>(value: () => Value): Promise<Value> =>
      reachable
        ? Promise.resolve().then(value)
        : Promise.reject(new BoundaryError('network', 'The server cannot be reached.'));
    return {
      store: () => Promise.resolve(null),
      documents: () => reach(() => documentsOf(person)),
      commands: (batch) =>
        reach(() => {
          sent.push(...batch);
          return batch.map((command) => answer(command));
        }),
      session: () => Promise.reject(new Error('not asked here')),
      signOut: () => Promise.resolve(),
      request: () => Promise.reject(new Error('not asked here')),
    };
  }

  return {
    wire,
    sent,
    directory,
    board: wire.document(BOARD),
    put: (...tickets: readonly Ticket[]) => {
      wire.document(BOARD).transact(() => {
        for (const each of tickets) writeRow(wire.document(BOARD), each);
      });
    },
    /** A board that everybody may read from now on, with these rows. */
    openBoard(name: string, tickets: readonly Ticket[]) {
      const board = wire.document(name);
      seedBoard(board);
      for (const each of tickets) writeRow(board, each);
      boards.add(name);
    },
    answer(next: (command: CommandEnvelope) => CommandOutcome) {
      answer = next;
    },
    /** The way to the commands, apart from the wire of documents. */
    reach(next: boolean) {
      reachable = next;
    },
    /** A tab of a person with a database of its own. */
    signIn(person: Person = ANA, surface: Partial<Surface> = {}): OpenMuster {
      const muster = openMuster(
        {
          person,
          permissions: permissionsOf(person.roles),
          sessionId: 'S1',
          clockOffsetMs: 0,
          confirmed: true,
        },
        { api: apiFor(person), transport: wire.transport, surface: { ...quietSurface, ...surface } },
      );
      opened.push(muster);
      return muster;
    },
    /** Ends every tab and takes their databases away. */
    async close() {
      for (const muster of opened) await muster.forget();
    },
  };
}

export const BOARD = boardName('incident', 1);
const DIRECTORY = directoryName(1);
const STAFF_DIRECTORY = staffDirectoryName(1);
const NETWORK = teamId('01NETWRK0000000000000000TM');

export const ANA = person('ANA', 'Ana Lindqvist');
export const BEN = person('BEN', 'Ben Okafor');

function person(id: string, name: string): Person {
  return {
    id: personId(id),
    name,
    email: `${id.toLowerCase()}@example.org`,
    roles: ['agent'],
    teams: [NETWORK],
    active: true,
    vip: false,
  };
}

function directoryOf(): Directory {
  return {
    people: new Map([ANA, BEN].map((each) => [each.id, each])),
    teams: new Map([[NETWORK, { id: NETWORK, name: 'Network', members: [ANA.id, BEN.id], lead: null }]]),
    services: new Map(),
    categories: [],
    matrix: DEFAULT_MATRIX,
    calendars: new Map(),
    agreements: [],
    majorRules: [],
    runbooks: new Map(),
    schedules: new Map(),
    chains: new Map(),
  };
}

/** An incident as the rules themselves make it, with what the test needs to differ. */
export function incident(id: string, differing: Partial<Ticket> = {}): Ticket {
  const target = recordId(id);
  const at = Date.UTC(2026, 10, 20, 9);
  const made = deciderOf('incident').evolve(
    null,
    {
      seq: 1,
      version: 1,
      actor: BEN.id,
      at,
      clientAt: at,
      event: {
        type: 'created',
        process: 'incident',
        number: `INC-2026-${id.slice(-5)}`,
        description: '',
        ticket: {
          kind: 'incident',
          title: `Incident ${id}`,
          impact: 2,
          urgency: 2,
          priority: 3,
          matrixVersion: 1,
          requester: BEN.id,
          team: NETWORK,
          service: null,
          category: null,
          channel: 'desk',
          tags: [],
          restrictedTo: null,
        },
      },
    },
    target,
  );
  return { ...made, ...differing };
}

/** `R00001` and so on. */
export function incidents(count: number): Ticket[] {
  return Array.from({ length: count }, (_, index) => incident(`R${String(index + 1).padStart(5, '0')}`));
}

const quietSurface: Surface = {
  location: { protocol: 'http:', host: 'test' },
  isOnline: () => true,
  isHidden: () => false,
  onVisibility: () => () => undefined,
  onOnline: () => () => undefined,
  onOffline: () => () => undefined,
  onLeave: () => () => undefined,
  askToPersist: () => undefined,
};
