import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { encodeChannelFrame, encodeControl } from '../channels.ts';
import { encodeStepOne, encodeStepTwo, encodeUpdate } from '../frames/sync.ts';
import { turn } from '../test-support/fake-clock.ts';
import { RecordingTransport, sessionOf, startMachine } from '../test-support/machine.ts';

const ROOM = 'room/R1';
const SEED = 20_261_123;

function someUpdate(): Uint8Array {
  const doc = new Y.Doc();
  doc.getArray('timeline').push(['a', { b: [1, 'c'] }]);
  doc.getXmlFragment('description').insert(0, [new Y.XmlElement('paragraph'), new Y.XmlText('words')]);
  doc.getArray('timeline').delete(0);
  return Y.encodeStateAsUpdate(doc);
}

const update = someUpdate();
const bytes = fc.uint8Array({ maxLength: 60 });
/** Updates with some bytes changed or the end missing: near enough to the real thing to get far in. */
const nearUpdate = fc
  .tuple(
    fc.array(fc.tuple(fc.nat({ max: update.length - 1 }), fc.nat({ max: 255 })), { maxLength: 3 }),
    fc.nat({ max: 9 }),
  )
  .map(([flips, cut]) => {
    const copy = update.slice(0, update.length - (cut > 6 ? cut : 0));
    for (const [at, value] of flips) if (at < copy.length) copy[at] = value;
    return copy;
  });
const hostileFrame = fc.oneof(
  bytes,
  fc.oneof(nearUpdate, bytes).map(encodeUpdate),
  fc.oneof(nearUpdate, bytes).map(encodeStepTwo),
  bytes.map(encodeStepOne),
  bytes.map((payload) => Uint8Array.of(1, payload.length, ...payload)),
);

describe('hostile clients', () => {
  test('[SYN-1] [SYN-16] 5,000 hostile frames on both kinds of socket cause no fault and leave the document sound', async () => {
    const { documents, host, clock, events } = startMachine();
    documents.create(ROOM, (doc) => doc.getArray('timeline').push(['old']));
    const frames = fc.sample(hostileFrame, { seed: SEED, numRuns: 5000 });
    for (const [index, frame] of frames.entries()) {
      const transport = new RecordingTransport();
      const session = sessionOf(`eve${index % 7}`);
      const stock = index % 2 === 0;
      const connection = stock
        ? host.openStock(session, ROOM, transport)
        : host.openChannels(session, transport);
      if (!stock) connection.receive(encodeControl({ type: 'open', channel: 1, name: ROOM }));
      connection.receive(stock ? frame : encodeChannelFrame(index % 5 === 0 ? 0 : 1, frame));
      connection.receive(stock ? encodeStepTwo(update) : encodeChannelFrame(1, encodeStepTwo(update)));
      if (index % 50 === 0) await turn();
      connection.closed();
    }
    await turn();
    await clock.pass(1_000);
    expect(events.filter(({ type }) => type === 'fault' || type === 'append-failed')).toEqual([]);
    expect(host.status()).toMatchObject({ connections: 0, appending: 0, readers: 0 });
    const read = documents.read(ROOM);
    expect([read.store.pendingStructs, read.store.pendingDs]).toEqual([null, null]);
    expect(read.getArray('timeline').toArray()).toContain('old');
  });
});
