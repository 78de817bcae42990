import { recordId } from '@muster/domain/shared';
import { describe, expect, test } from 'vitest';
import type * as Y from 'yjs';
import { CLOSE } from '../close-codes.ts';
import { encodeAwareness } from '../frames/awareness.ts';
import { encodeStepOne } from '../frames/sync.ts';
import { turn } from '../test-support/fake-clock.ts';
import { startMachine } from '../test-support/machine.ts';
import type { RawClient } from '../test-support/machine.ts';
import { TestPacker, unpacked } from '../test-support/packers.ts';
import type { AudienceChange, Right } from './ports.ts';

const RECORD = recordId('R1');
const ROOM = 'room/R1';
const BOARD = 'board/incident@2';
const EARLIER = 'board/incident@1';
const OWN = 'board/incident/person/ada@1';
const NOTHING = Uint8Array.of(0);
const SECRET = 'Glockenspiel';
const NARROWED: AudienceChange = { record: RECORD, shown: [OWN], left: [BOARD], ended: [EARLIER] };

const setRow =
  (id: string, title: string) =>
  (doc: Y.Doc): void =>
    void doc.getMap('rows').set(id, [1, title]);
const removeRow =
  (id: string) =>
  (doc: Y.Doc): void =>
    doc.getMap('rows').delete(id);

/** All that went to a client, as text; packed states unpacked. */
function bytesTo(client: RawClient): string {
  const packed = client.frames.flatMap((frame) => (frame.type === 'state' ? [unpacked(frame.deflated)] : []));
  return [...client.transport.sent, ...packed]
    .map((bytes) => Buffer.from(bytes).toString('latin1'))
    .join(' ');
}

const openedWith = async (client: RawClient): Promise<string> => {
  await client.send(encodeStepOne(NOTHING));
  await turn();
  return bytesTo(client);
};

describe('a record that others may read now', () => {
  test('[INC-133] closes for those who may read it no more, and stays open for the others', async () => {
    const { documents, open } = startMachine();
    for (const name of ['record/R1', 'journal/R1', ROOM]) documents.create(name);
    let right: Right = 'write';
    const [eve, ada] = [
      await open('eve', ROOM, { rightNow: () => right }),
      await open('ada', ROOM, { rightNow: () => 'write' }),
    ];
    const other = await open('eve', 'journal/R1', { rightNow: () => right });
    right = 'none';
    documents.changeAudience(NARROWED);
    await turn();
    expect([eve.closedWith, other.closedWith, ada.closedWith]).toEqual([
      CLOSE.forbidden,
      CLOSE.forbidden,
      null,
    ]);
  });

  test('[CHG-105] has those come back who may write there no more, and leaves those who only read', async () => {
    const { documents, open } = startMachine();
    documents.create(ROOM);
    let right: Right = 'write';
    const eve = await open('eve', ROOM, { rightNow: () => right });
    const bob = await open('bob', ROOM, { rightNow: () => 'read', mayWrite: false });
    right = 'read';
    documents.changeAudience({ record: RECORD, shown: [], left: [], ended: [] });
    await turn();
    expect([eve.closedWith, bob.closedWith]).toEqual([CLOSE.permissionsChanged, null]);
  });

  test('[INC-133] nobody whom it closes for gets what was committed with the change', async () => {
    const { documents, open } = startMachine();
    documents.create('journal/R1', (doc) => doc.getArray('events').push(['made']));
    const answers: ((right: Right) => void)[] = [];
    let asks = (): Right | Promise<Right> => 'read';
    const eve = await open('eve', 'journal/R1', { rightNow: () => asks(), mayWrite: false });
    const ada = await open('ada', 'journal/R1', { rightNow: () => 'read', mayWrite: false });
    for (const client of [eve, ada]) await openedWith(client);
    asks = () => new Promise((resolve) => answers.push(resolve));
    documents.write('journal/R1', (doc) => doc.getArray('events').push([SECRET]));
    documents.changeAudience(NARROWED);
    await eve.send(encodeStepOne(NOTHING));
    expect([bytesTo(eve), bytesTo(ada)].filter((bytes) => bytes.includes(SECRET))).toEqual([]);
    answers[0]?.('none');
    await turn();
    expect(eve.closedWith).toBe(CLOSE.forbidden);
    expect(bytesTo(eve)).not.toContain(SECRET);
    expect(bytesTo(ada)).toContain(SECRET);
  });

  test('[INC-133] does not open for whoever was let in before it loaded', async () => {
    const { documents, open } = startMachine();
    documents.create(ROOM, (doc) => doc.getArray('timeline').push([SECRET]));
    documents.holdLoads();
    let right: Right = 'read';
    const eve = await open('eve', ROOM, { rightNow: () => right });
    right = 'none';
    documents.changeAudience(NARROWED);
    documents.releaseLoads();
    await turn();
    expect(eve.closedWith).toBe(CLOSE.forbidden);
    expect(bytesTo(eve)).not.toContain(SECRET);
  });

  test('[INC-132] leaves no byte on a board that it left, for whoever opens it then', async () => {
    const { documents, open } = startMachine();
    documents.create(BOARD, setRow('R1', SECRET));
    documents.write(BOARD, setRow('R2', 'Printer'));
    const before = await open('ada', BOARD);
    expect(await openedWith(before)).toContain(SECRET);
    documents.write(BOARD, removeRow('R1'));
    documents.changeAudience(NARROWED);
    await turn();
    const after = await openedWith(await open('eve', BOARD));
    expect(after).toContain('Printer');
    expect(after).not.toContain(SECRET);
  });

  test('[INC-132] leaves no byte in a packed state either, nor in a load that was under way', async () => {
    const machine = startMachine({}, new TestPacker());
    const { documents, open } = machine;
    documents.create(BOARD, (doc) => {
      for (let row = 0; row < 1000; row += 1)
        setRow(`R${row}`, row === 1 ? SECRET : `Printer ${row} is out`)(doc);
    });
    const own = { unpacks: true, mayWrite: false } as const;
    const ada = await open('ada', BOARD, own);
    await openedWith(ada);
    await turn();
    documents.write(BOARD, removeRow('R1'));
    documents.changeAudience(NARROWED);
    await turn();
    expect(await openedWith(await open('eve', BOARD, own))).not.toContain(SECRET);

    const late = startMachine();
    late.documents.create(BOARD, setRow('R1', SECRET));
    late.documents.holdLoads();
    const bob = await late.open('bob', BOARD);
    late.documents.write(BOARD, removeRow('R1'));
    late.documents.changeAudience(NARROWED);
    late.documents.releaseLoads();
    await turn();
    expect(await openedWith(bob)).not.toContain(SECRET);
  });

  test('[INC-132] ends the epochs before, which show it still', async () => {
    const { documents, open } = startMachine();
    documents.create(EARLIER, setRow('R1', SECRET));
    documents.create(BOARD);
    const reader = await open('ada', EARLIER);
    documents.rotate(EARLIER, BOARD);
    expect(reader.closedWith).toBeNull();
    documents.changeAudience(NARROWED);
    expect(reader.closedWith).toBe(CLOSE.epochGone);
    expect((await open('eve', EARLIER)).closedWith).toBe(CLOSE.epochGone);
  });

  test('[INC-135] nobody on a board that it left is told who is at it, also by a device that has not heard', async () => {
    const { documents, open, clock } = startMachine();
    documents.create(BOARD);
    const [ada, eve] = [await open('ada', BOARD), await open('eve', BOARD)];
    const say = (at: number, record: string | null): Promise<void> =>
      ada.send(encodeAwareness([{ client: 5, clock: at, state: JSON.stringify({ at: { record } }) }]));
    const told = () =>
      eve
        .of('awareness')
        .flatMap(({ entries }) => entries.map(({ state }) => (state === 'null' ? null : state)));
    await say(1, RECORD);
    await clock.pass(200);
    expect(told().at(-1)).toContain('"R1"');
    documents.changeAudience(NARROWED);
    await turn();
    expect(told().at(-1)).toBeNull();
    await say(2, RECORD);
    await clock.pass(200);
    expect(told().at(-1)).toBeNull();
    await say(3, null);
    await clock.pass(200);
    expect(told().at(-1)).toContain('"record":null');
    documents.changeAudience({ record: RECORD, shown: [BOARD], left: [OWN], ended: [] });
    await say(4, RECORD);
    await clock.pass(200);
    expect(told().at(-1)).toContain('"R1"');
  });
});
