import { personId } from '@muster/domain/shared';
import Sqlite from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { migrate } from '../migrate.ts';
import { packAppends } from '../packed-appends.ts';
import { Statements } from '../statements.ts';
import { WriteUnit } from '../write-unit.ts';
import { DocumentLogTables } from './log.ts';
import { PeopleDocuments } from './people-documents.ts';
import { Recovery } from './recovery.ts';

const ROOMS = ['room/A', 'room/B', 'room/C'];
const NOW = Date.UTC(2026, 10, 23);

async function openRooms() {
  const statements = new Statements(new Sqlite(':memory:'));
  await migrate(statements);
  const log = new DocumentLogTables(statements);
  for (const name of ROOMS)
    log.make({
      name,
      kind: 'room',
      base: name,
      epoch: 1,
      server_client_id: 1,
      layout: 1,
      restricted_to: null,
      made_at: NOW,
    });
  const people = new PeopleDocuments(statements, log, new Recovery(statements, 0));
  const appendToAll = async (who = 'ANNE', claimedByOthers: readonly number[] = []) => {
    const requests = ROOMS.map((name) => ({
      name,
      person: personId(who),
      session: 's',
      clientIds: [7],
      claimedByOthers,
      update: Uint8Array.of(1, 2, 3),
    }));
    const unit = new WriteUnit(statements);
    statements.prepare('begin').run();
    const answer = await people.appendAll(unit, packAppends(requests), NOW);
    statements.prepare('commit').run();
    return { ...answer, grown: [...unit.grown] };
  };
  /** A row where the next update belongs: appending to this room breaks. */
  const block = (name: string) =>
    statements
      .prepare(
        `insert into document_update (name, seq, person, session, bin, crc, at) values (?, 1, 'X', 's', x'00', 0, 0)`,
      )
      .run(name);
  const heads = () => ROOMS.map((name) => log.find(name)?.head_seq);
  const bindings = () => statements.prepare('select name from client_binding order by name').pluck().all();
  return { appendToAll, block, heads, bindings };
}

describe('appends to many documents', () => {
  it('[SYN-47] bind no client id under which somebody else is shown, unless it is bound already', async () => {
    const { appendToAll, bindings, heads } = await openRooms();
    await appendToAll('MALLORY', [7]);
    expect([bindings(), heads()]).toEqual([[], [0, 0, 0]]);
    await appendToAll('ARNE');
    await appendToAll('ARNE', [7]);
    expect([bindings(), heads()]).toEqual([ROOMS, [2, 2, 2]]);
  });

  it('are all kept when nothing breaks', async () => {
    const { appendToAll, heads } = await openRooms();
    const { outcomes, failed, grown } = await appendToAll();
    expect([...outcomes]).toEqual([1, 1, 1]);
    expect(failed).toEqual([]);
    expect(grown).toEqual(ROOMS.map((name) => [name, 1]));
    expect(heads()).toEqual([1, 1, 1]);
  });

  it('are taken back for one document alone when something of it breaks', async () => {
    const { appendToAll, block, heads, bindings } = await openRooms();
    block('room/B');
    const { outcomes, failed, grown } = await appendToAll();
    expect([outcomes[0], outcomes[2]]).toEqual([1, 1]);
    expect(failed.map(({ name }) => name)).toEqual(['room/B']);
    expect(grown).toEqual([
      ['room/A', 1],
      ['room/C', 1],
    ]);
    expect(heads()).toEqual([1, 0, 1]);
    expect(bindings()).toEqual(['room/A', 'room/C']);
  });
});
