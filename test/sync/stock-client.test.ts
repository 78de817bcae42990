import type { RecordId } from '@muster/domain/shared';
import { startTestServer } from '@muster/server/testing';
import type { TestServer, TestSession } from '@muster/server/testing';
import { afterAll, beforeAll, describe, it } from 'vitest';
import * as Y from 'yjs';
import { effort } from '../support/sync/random.ts';

/** Stock clients reconnect after 30 s of silence: once past that in `npm test`, ten minutes in the long run. */
const IDLE_MS = 1_000 * effort({ short: 35, perThousand: 600 });

let server: TestServer;
let agent: TestSession;
let record: RecordId;
beforeAll(async () => {
  server = await startTestServer();
  agent = await server.signIn('agent@desk.test');
  ({ id: record } = await agent.createTicket('incident'));
});
afterAll(() => server.stop());

describe.concurrent('a stock y-websocket 3 client', () => {
  it('reads a board and follows it', async ({ expect }) => {
    const board = agent.open('board/incident@1');
    await board.synced();
    const row = () => JSON.stringify(board.doc.getMap('rows').get(record));
    expect(row()).toContain('Mail is down');
    await agent.run('incident.edit', record, { fields: { title: 'Mail is slow' } }, 1);
    await expect.poll(row).toContain('Mail is slow');
    board.destroy();
  });

  it('edits a room together with another', async ({ expect }) => {
    const other = await server.signIn('other@desk.test');
    const [mine, theirs] = [agent.open(`room/${record}`), other.open(`room/${record}`)];
    await Promise.all([mine.synced(), theirs.synced()]);
    const notes = mine.doc.getXmlFragment('notes');
    const paragraph = new Y.XmlElement('paragraph');
    notes.insert(0, [paragraph]);
    paragraph.insert(0, [new Y.XmlText('The relay was full.')]);
    await expect.poll(() => theirs.doc.getXmlFragment('notes').toString()).toContain('The relay was full.');
    mine.destroy();
    theirs.destroy();
  });

  it('is refused with 4403 when it writes a board, and nobody sees what it wrote', async ({ expect }) => {
    const [board, peer] = [agent.open('board/incident@1'), agent.open('board/incident@1')];
    await Promise.all([board.synced(), peer.synced()]);
    board.doc.getMap('rows').set('forged', ['x']);
    expect((await board.closed()).code).toBe(4403);
    expect(peer.doc.getMap('rows').has('forged')).toBe(false);
    const fresh = agent.open('board/incident@1');
    await fresh.synced();
    expect(fresh.doc.getMap('rows').has('forged')).toBe(false);
    for (const client of [board, peer, fresh]) client.destroy();
  });

  it(
    'idles without a reconnect',
    async ({ expect }) => {
      const idle = [agent.open('notice'), agent.open(`room/${record}`), agent.open('board/desk@1')];
      await Promise.all(idle.map((client) => client.synced()));
      await new Promise((resolve) => setTimeout(resolve, IDLE_MS));
      for (const client of idle) {
        expect([client.connections, client.closes, client.provider.wsconnected]).toEqual([1, [], true]);
        client.destroy();
      }
    },
    IDLE_MS + 20_000,
  );
});
