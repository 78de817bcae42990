/** A store changed by hand behind its back in one place: `verify` names the place. */
import Sqlite from 'better-sqlite3';
import { inboxName, journalName, readRows, recordName, writeRequest, writeRow } from '@muster/documents';
import { SYSTEM } from '@muster/domain/shared';
import type { RecordId } from '@muster/domain/shared';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import type * as Y from 'yjs';
import { ANNE, BERT, NETWORK, RITA, temporaryFolder } from '../../test-store.ts';
import {
  BOARD,
  describeFindings,
  forged,
  makeSoundStore,
  sealed,
  swapSnapshot,
} from './test-damaged-store.ts';
import type { Case } from './test-damaged-store.ts';

const { folder, remove } = temporaryFolder();
const sound = join(folder, 'muster.db');
let first: RecordId;

beforeAll(async () => {
  first = await makeSoundStore(sound);
});

afterAll(remove);

const onBoard = (doc: Y.Doc) => {
  const [ticket] = readRows(doc).tickets;
  if (ticket === undefined) throw new Error('the board is empty');
  return ticket;
};

const CASES: readonly Case[] = [
  [
    'an altered event',
    `update event set data = replace(data, 'Mail', 'Post') where seq = 2`,
    /^chain: event 2 was altered/,
  ],
  ['an altered time', `update event set at = at - 1 where seq = 1`, /^chain: event 1 was altered/],
  [
    'an altered type',
    `update event set type = 'claimed' where seq = 1`,
    /^chain: event 1 was altered: it is not a claimed/,
  ],
  [
    'an event whose page was damaged, so that its hashes are none',
    `create table damaged as select * from event;
     drop table event;
     alter table damaged rename to event;
     update event set prev_hash = null, data = x'00ff' where seq = 2`,
    /^chain: event 2 does not follow the event before it \(and 2 more\)/,
  ],
  ['a missing event', `delete from event where seq = 2`, /^chain: event 2 is missing/],
  [
    'a last event that is gone',
    `delete from event where seq = (select max(seq) from event)`,
    /^chain end: the chain ends with event \d+, and the store was written up to/,
  ],
  [
    'an end that was taken away from the store too',
    `delete from event where seq = (select max(seq) from event);
     update instance set (chain_seq, chain_hash) = (select seq, hash from event order by seq desc limit 1)`,
    /^chain end: the chain ends with event \d+, and the marker knows event/,
  ],
  [
    'an event of no record',
    `update event set record = 'x' where seq = 1`,
    /^event: 1 events belong to no record/,
  ],
  [
    'an altered record',
    `update record set data = replace(data, 'Mail', 'Post') where key = 1`,
    /^record: INC-\d+-00001 is not what its events say: title$/,
  ],
  [
    'an altered version',
    `update record set data = json_set(data, '$.version', 9) where key = 1`,
    /^record: INC-\d+-00001 .* version: 9 where it is \d/,
  ],
  [
    'an altered column',
    `update record set state = 'closed' where key = 1`,
    /^record column: INC-\d+-00001 has another state: "closed" where it is "new"/,
  ],
  [
    'a live record on no board',
    `update record set live = 0 where key = 1`,
    /^record column: INC-\d+-00001 is not over and on no board/,
  ],
  [
    'an altered text',
    `update record_text set title = 'x' where rowid = 1`,
    /^search text: INC-\d+-00001 has another title/,
  ],
  [
    'words put into the index',
    `update record_text set notes = notes || ' x' where rowid = 1`,
    /^search text: .* another notes/,
  ],
  [
    'an entry that is gone',
    `delete from record_text where rowid = 2`,
    /^search text: INC-\d+-00002 has another nothing|^search text/,
  ],
  [
    'an entry of no record',
    `insert into record_text (rowid, title) values (99, 'x')`,
    /^search text: 1 entries .* no record/,
  ],
  [
    "an altered room's text",
    `update record_text set room = 'x' where rowid = 1`,
    /^search text: INC-\d+-00001 has another room/,
  ],
  [
    'a row that shows something else',
    forged(
      () => BOARD,
      (doc) => writeRow(doc, { ...onBoard(doc), priority: 5 }),
    ),
    /^board: board\/incident@1 shows INC-\d+-00001 with another priority: 5 where it is \d/,
  ],
  [
    'a row that is gone',
    forged(
      () => BOARD,
      (doc) => doc.getMap('rows').delete(first),
    ),
    /^board: board\/incident@1 lacks INC-\d+-00001/,
  ],
  [
    'a restricted record on the open board',
    forged(
      () => BOARD,
      (doc) => writeRow(doc, { ...onBoard(doc), id: SYSTEM as unknown as RecordId }),
    ),
    /^board: board\/incident@1 shows INC-.* which is not on it/,
  ],
  [
    'a board that is gone',
    `delete from document where name = '${BOARD}'`,
    /^board: there is no board for INC-\d+-00001/,
  ],
  [
    'a restricted record whose team has no board',
    `delete from document where kind = 'board' and restricted_to = '${NETWORK}'`,
    /^board: there is no board for INC-\d+-00002/,
  ],
  [
    'an epoch that goes on beside the next',
    `insert into document (name, kind, base, epoch, server_client_id, layout, made_at) values ('board/incident@9', 'board', 'board/incident', 9, 1, 1, 1)`,
    /^epoch: board\/incident has two epochs/,
  ],
  [
    'a history with an event less',
    forged(
      () => recordName(first),
      (doc) => doc.getArray('events').delete(1),
    ),
    /^history: record\/\w+ does not hold version \d/,
  ],
  [
    'a journal with an event more',
    forged(
      () => journalName(first),
      (doc) => doc.getArray('events').push([doc.getArray('events').get(0)]),
    ),
    /^history: journal\/\w+ holds 2 events, and the record has 1/,
  ],
  [
    'a request that shows something else',
    forged(
      () => inboxName(RITA),
      (doc) => doc.getMap('requests').delete(first),
    ),
    /^inbox: inbox\/\w+ lacks INC-\d+-00001/,
  ],
  [
    "somebody else's request",
    forged(
      () => inboxName(BERT),
      (doc) => copyRow(doc),
    ),
    /^inbox: inbox\/\w+ shows INC-\S+, which its person did not ask for/,
  ],
  [
    'an item that is gone',
    forged(
      () => inboxName(BERT),
      (doc) => doc.getArray('items').delete(0, doc.getArray('items').length),
    ),
    /^inbox: inbox\/\w+ lacks its newest item/,
  ],
  [
    'an item that was told otherwise',
    `update inbox_item set kind = 'replaced'`,
    /^inbox: inbox\/\w+ shows an item with another kind/,
  ],
  [
    'a torn update',
    `update document_update set bin = x'00' where name = '${BOARD}' and seq = (select head_seq from document where name = '${BOARD}')`,
    /^log: .* wrong checksum/,
  ],
  [
    'an old update that is torn',
    (connection) =>
      void connection.exec(
        `update document_update set bin = x'00' where name like 'room/%' and seq = (select min(seq) from document_update where name like 'room/%')`,
      ),
    /^log: room\/.* wrong checksum/,
  ],
  [
    'an update that is gone',
    (connection) =>
      void connection.exec(
        `delete from document_update where name like 'room/%' and seq = (select head_seq - 1 from document where kind = 'room')`,
      ),
    /^log: room\/.* is missing/,
  ],
  [
    'a head beyond the log',
    `update document set head_seq = head_seq + 1 where kind = 'room'`,
    /^log: room\//,
  ],
  [
    'a torn snapshot',
    `update document_snapshot set bin = x'0000' where name = '${BOARD}'`,
    /^snapshot: snapshot \d+ of board\/incident@1 does not have its hash/,
  ],
  [
    'a snapshot that is not its log',
    (connection) => swapSnapshot(connection),
    /^snapshot: snapshot \d+ of room\/\w+ has another state vector than its log/,
  ],
  [
    'a pointer to no snapshot',
    `update document set snapshot_seq = snapshot_seq - 1 where kind = 'room'`,
    /^snapshot: room\/\w+ points at snapshot/,
  ],
  [
    'words under the client of somebody else',
    sealed(
      `update document_update set person = '${BERT}' where name like 'room/%' and seq = (select head_seq from document where kind = 'room')`,
    ),
    /^author: update \d+ of room\/\w+ writes under client \d+, which belongs to somebody else/,
  ],
  [
    'an event that is no JSON any more',
    `update event set data = replace(data, '{', '�') where seq = 2`,
    /^event: event 2 of .+ cannot be read/,
  ],
  [
    'a record that is no JSON any more',
    `update record set data = '{' where key = 1`,
    /^record: .+ cannot be read/,
  ],
  [
    'an update of another author',
    `update document_update set person = '${BERT}' where name like 'room/%' and seq = 2`,
    /^log: room\/\w+: update 2 has a wrong checksum/,
  ],
  [
    'an update of another time',
    `update document_update set at = at + 1 where name like 'room/%' and seq = 2`,
    /^log: room\/\w+: update 2 has a wrong checksum/,
  ],
  [
    'a snapshot of another document',
    `pragma foreign_keys = off; update document_snapshot set name = '${BOARD}x' where name = '${BOARD}'`,
    /^file: 2 rows of the table document_snapshot belong to no document/,
  ],
  [
    "a team's board under no team",
    `update document set restricted_to = null where name like 'board/incident/%'`,
    /^document: board\/incident\/\w+@1 has another restricted to: null where it is/,
  ],
  [
    'a room that is over like a board',
    `update document set frozen_at = 1 where kind = 'room'`,
    /^document: room\/\w+ has another frozen at/,
  ],
  [
    'words under a client of nobody',
    `delete from client_binding where person = '${ANNE}'`,
    /^author: .* belongs to nobody/,
  ],
];

function copyRow(doc: Y.Doc): void {
  const connection = new Sqlite(sound, { readonly: true });
  const { data } = connection.prepare('select data from record where key = 1').get() as { data: string };
  connection.close();
  writeRequest(doc, JSON.parse(data) as Parameters<typeof writeRequest>[1]);
}

describeFindings('verify', sound, CASES);
