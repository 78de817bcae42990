/** A thousand offline updates come back. */
import { spreadOf } from '../load/tally.ts';
import { Arena } from '../run/arena.ts';
import type { Scenario } from './scenario.ts';

const UPDATES = 1_000;

export const resync: Scenario = {
  name: 'resync',
  title: 'Resync of 1,000 offline updates',
  how: 'Somebody connects with a thousand edits of their own that nobody has, as one step 2, while somebody else has the document open; one after the other, thirty times.',
  servers: ['muster', 'hocuspocus', 'y-protocols'],
  repeatsAtMost: 2,
  columns: [
    { name: 'peer50', unit: 'connect to peer p50, ms', digits: 1 },
    { name: 'peerMax', unit: 'longest, ms', digits: 1 },
    { name: 'ack50', unit: 'connect to ACK p50, ms', digits: 1 },
    { name: 'cpu', unit: 'CPU ms of the server each', digits: 1 },
  ],
  measure: ({ server, short, profile }) =>
    Arena.with({ server, generators: 1, profile }, async (arena) => {
      const documents = short ? 10 : 30;
      const prepared = await arena.server.ask('prepare', { documents, people: 20 });
      const crowd = { ...arena.started, ...prepared, membersEach: 2, writersEach: 1 };
      const [generator] = arena.generators;
      const before = await arena.server.ask('usage');
      const times = (await generator?.ask('resync', UPDATES, crowd)) ?? [];
      const after = await arena.server.ask('usage');
      const toPeer = spreadOf(times.map((one) => one.toPeer));
      const toAck = spreadOf(times.flatMap((one) => one.toAck ?? []));
      return {
        peer50: toPeer.p50,
        peerMax: toPeer.max,
        ...(toAck.count > 0 && { ack50: toAck.p50 }),
        cpu: (after.cpuMs - before.cpuMs) / documents,
      };
    }),
};
