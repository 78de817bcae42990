/** Somebody comes back with much that was written without a network, while somebody else looks on. */
import type { Crowd } from './crowd.ts';
import { connectorTo } from './connector.ts';
import { Member } from './member.ts';
import { Room } from './room.ts';
import { Tally } from './tally.ts';

export interface Resync {
  /** From connecting until the other has all of it, in ms. */
  readonly toPeer: number;
  /** Until it is called durable; null where nothing is. */
  readonly toAck: number | null;
}

export async function resyncEach(
  updates: number,
  { documents, cookies, ...server }: Crowd,
  nextClient: () => number,
): Promise<readonly Resync[]> {
  const connect = connectorTo(server, cookies, documents.length);
  const times: Resync[] = [];
  for (const [index, name] of documents.entries()) {
    const room = new Room<Member>(name, new Tally());
    const peer = new Member(room, nextClient(), server.dialect);
    const back = new Member(room, nextClient(), server.dialect);
    room.add(peer);
    room.add(back);
    await peer.connect(connect(index));
    back.offline = updates;
    const from = performance.now();
    const shown = new Promise<number>((resolve) => {
      room.onShown = ({ shown }) => (shown >= updates ? resolve(performance.now() - from) : undefined);
    });
    const acknowledged = new Promise<number>((resolve) => {
      room.onAcknowledged = (author) =>
        author === back && author.acknowledged >= updates ? resolve(performance.now() - from) : undefined;
    });
    await back.connect(connect(index));
    const toPeer = await shown;
    times.push({ toPeer, toAck: server.dialect === 'acknowledged' ? await acknowledged : null });
    peer.destroy();
    back.destroy();
  }
  return times;
}
