import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { decodeFrame } from '../frames/frame.ts';
import { encodeState } from '../frames/state.ts';
import { encodeStepOne } from '../frames/sync.ts';
import { FakeClock } from '../test-support/fake-clock.ts';
import { startMachine } from '../test-support/machine.ts';
import type { Machine, RawClient } from '../test-support/machine.ts';
import { TestPacker, unpacked } from '../test-support/packers.ts';
import { CommittedLog } from './committed-log.ts';
import { PackedOpening } from './packed-opening.ts';
import { PackedStates } from './packed-states.ts';

const BOARD = 'board/incident@1';
const ROOM = 'room/R1';
const NOTHING = Uint8Array.of(0);

const title = (row: number): string => `Printer ${row % 40} on floor ${row % 9} is out of toner again`;
const setRow =
  (row: number, text = title(row)) =>
  (doc: Y.Doc) =>
    void doc
      .getMap('rows')
      .set(`01JTEST000${String(row).padStart(16, '0')}`, [1, row * 61_007, text, null, ['a', row]]);

function fill(doc: Y.Doc): void {
  for (let row = 0; row < 1000; row += 1) setRow(row)(doc);
}

function desk(packer = new TestPacker()): Machine & { readonly packer: TestPacker } {
  const machine = startMachine({}, packer);
  machine.documents.create(BOARD, fill);
  return { ...machine, packer };
}

const own = { unpacks: true, mayWrite: false } as const;

/** Applies what came as a client that unpacks does. */
function taken(client: RawClient): Y.Doc {
  for (const frame of client.frames) {
    if (frame.type === 'state') Y.applyUpdate(client.doc, unpacked(frame.deflated));
    else if (frame.type === 'step-2' || frame.type === 'update') Y.applyUpdate(client.doc, frame.update);
  }
  return client.doc;
}

function same(one: Y.Doc, other: Y.Doc): void {
  for (const doc of [one, other]) doc.getMap('rows');
  expect(Y.encodeStateVector(one)).toEqual(Y.encodeStateVector(other));
  const [deleted, otherDeleted] = [one, other].map(({ store }) => Y.createDeleteSetFromStructStore(store));
  // one is not optional by its making, and Yjs's types say that it may be
  expect(Y.equalDeleteSets(deleted as never, otherDeleted as never)).toBe(true);
  expect(one.toJSON()).toEqual(other.toJSON());
}

const carried = (client: RawClient): number =>
  client.transport.sent.reduce((sum, { length }) => sum + length, 0);

describe('first opens of clients that unpack', () => {
  test('[SYN-41] a packed state gives exactly what the plain step 2 gives, in a fraction of its bytes', async () => {
    const { open, documents } = desk();
    for (const row of [3, 5, 5, 900]) documents.write(BOARD, setRow(row, 'changed'));
    documents.write(BOARD, (doc) => doc.getMap('rows').delete([...doc.getMap('rows').keys()][7] ?? ''));
    const stock = await (await open('bob', BOARD, { extended: false })).sync();
    const client = await (await open('ada', BOARD, own)).sync();
    expect(client.of('state')).toHaveLength(1);
    expect(client.of('step-2')).toHaveLength(0);
    same(taken(client), stock.doc);
    expect(carried(client)).toBeLessThan(carried(stock) / 10);
  });

  test('[SYN-41] a state is packed once for everybody, and outlives the open document', async () => {
    const { open, packer, clock } = desk();
    const first = await (await open('ada', BOARD, own)).sync();
    for (const person of ['bob', 'cleo', 'dan']) await (await open(person, BOARD, own)).sync();
    expect(packer.packed).toBe(1);
    await first.drop();
    await clock.pass(120_000);
    const later = await (await open('eve', BOARD, own)).sync();
    expect(later.of('state')).toHaveLength(1);
    expect(packer.packed).toBe(1);
  });

  test('[SYN-41] each document gets its own state, and none that had its name in another epoch', async () => {
    const host = {
      packer: new TestPacker(),
      packedStates: new PackedStates(),
      clock: new FakeClock(),
      report: () => undefined,
    };
    const rowOf = async (name: string, epoch: number, row: number): Promise<unknown> => {
      const doc = new Y.Doc();
      fill(doc);
      setRow(7, `row ${row}`)(doc);
      const snapshot = Y.encodeStateAsUpdate(doc);
      const log = new CommittedLog({
        name,
        epoch,
        layout: 1,
        headSeq: 1,
        damaged: false,
        snapshot,
        tail: [],
      });
      const opening = new PackedOpening(name, epoch, log, host);
      await opening.prepare();
      const got = new Y.Doc();
      opening.open(
        () => [],
        (frames) => {
          for (const bytes of frames) {
            const frame = decodeFrame(bytes);
            if ('deflated' in frame) Y.applyUpdate(got, unpacked(frame.deflated));
          }
        },
      );
      return (got.getMap('rows').get(`01JTEST000${'7'.padStart(16, '0')}`) as unknown[] | undefined)?.[2];
    };
    expect(await rowOf('board/incident/NETWORK@1', 1, 11)).toBe('row 11');
    expect(await rowOf('board/incident@1', 1, 12)).toBe('row 12');
    expect(await rowOf('board/incident@1', 2, 13)).toBe('row 13');
    expect(await rowOf('board/incident/NETWORK@1', 1, 14)).toBe('row 11');
  });

  test('[SYN-41] a state is packed before its first reader where that is asked for, and for a next epoch', async () => {
    const { host, open, documents, packer } = desk();
    documents.create('board/incident@2', fill);
    await host.prepare([BOARD, 'no name', 'board/desk@9']);
    expect(packer.packed).toBe(1);
    expect((await (await open('ada', BOARD, own)).sync()).of('state')).toHaveLength(1);
    documents.rotate(BOARD, 'board/incident@2');
    await expect.poll(() => packer.packed).toBe(2);
  });

  test('[SYN-41] what is committed while a state is being packed comes with it, once', async () => {
    const { open, documents, packer } = desk();
    packer.hold();
    const client = await (await open('ada', BOARD, own)).sync();
    expect(client.of('state')).toHaveLength(0);
    documents.write(BOARD, setRow(5, 'meanwhile'));
    documents.write(BOARD, setRow(2000));
    // their turn is over: nobody tells them again
    await client.send(new Uint8Array([3]));
    packer.release();
    await client.send(new Uint8Array([3]));
    expect(client.of('state')).toHaveLength(1);
    documents.write(BOARD, setRow(6, 'afterwards'));
    await client.send(new Uint8Array([3]));
    same(taken(client), documents.read(BOARD));
  });

  test('[SYN-41] who has waited long enough for a state gets the plain step 2', async () => {
    const { open, documents, packer, clock } = desk();
    packer.hold();
    const client = await (await open('ada', BOARD, own)).sync();
    await clock.pass(2_000);
    expect(client.of('step-2')).toHaveLength(1);
    packer.release();
    await clock.pass(2_000);
    expect(client.of('state')).toHaveLength(0);
    same(taken(client), documents.read(BOARD));
    expect((await (await open('bob', BOARD, own)).sync()).of('state')).toHaveLength(1);
  });

  test('[SYN-41] a state that has aged is packed again while the old one and what came after it serve', async () => {
    const { open, documents, packer } = desk();
    await (await open('ada', BOARD, own)).sync();
    for (let row = 0; row < 900; row += 1)
      documents.write(BOARD, setRow(row, `${title(row)}, and has been for a while`));
    const second = await (await open('bob', BOARD, own)).sync();
    expect(packer.packed).toBe(2);
    same(taken(second), documents.read(BOARD));
    const third = await (await open('cleo', BOARD, own)).sync();
    expect(packer.packed).toBe(2);
    same(taken(third), documents.read(BOARD));
    expect(third.of('update')).toHaveLength(0);
  });

  test('[SYN-42] a client whose state did not unpack is sent the plain step 2', async () => {
    const { open, documents } = desk();
    const client = await (await open('ada', BOARD, own)).sync();
    await client.send(encodeState(new Uint8Array()));
    expect(client.of('step-2')).toHaveLength(1);
    same(client.take().doc, documents.read(BOARD));
    documents.write(BOARD, setRow(5, 'and follows'));
    await client.send(new Uint8Array([3]));
    same(client.take().doc, documents.read(BOARD));
  });

  test('[SYN-42] a packer that fails or gains nothing leaves the plain way', async () => {
    const machine = desk();
    machine.packer.spoil = () => {
      throw new Error('no thread');
    };
    expect((await (await machine.open('ada', BOARD, own)).sync()).of('step-2')).toHaveLength(1);
    expect(machine.events).toContainEqual(expect.objectContaining({ type: 'fault', name: BOARD }));
    expect((await (await machine.open('bob', BOARD, own)).sync()).of('step-2')).toHaveLength(1);
    expect(machine.packer.packed).toBe(1);
  });

  test('[SYN-42] clients that did not ask for it, small documents and what people write get no packed state', async () => {
    const { open, documents, packer } = desk();
    documents.create('board/desk@1', setRow(1)).create(ROOM, (doc) => {
      for (let line = 0; line < 2000; line += 1) doc.getArray('timeline').push([`line ${line}`]);
    });
    const clients = [
      await open('ada', BOARD, { extended: false }),
      await open('bob', BOARD, { extended: true }),
      await open('cleo', 'board/desk@1', own),
      await open('dan', ROOM, { unpacks: true }),
    ];
    for (const client of clients) expect((await client.sync()).of('step-2')).toHaveLength(1);
    expect(packer.packed).toBe(0);
    const [, extended] = clients;
    await extended?.send(encodeState(new Uint8Array()));
    expect(extended?.closedWith).toBe(4400);
  });

  test('[SYN-41] a document that was small when it was opened is packed once it has grown', async () => {
    const { open, packer, documents } = desk();
    documents.create('board/problem@1', setRow(1));
    await (await open('ada', 'board/problem@1', own)).sync();
    expect(packer.packed).toBe(0);
    documents.write('board/problem@1', fill);
    const later = await (await open('bob', 'board/problem@1', own)).sync();
    expect(packer.packed).toBe(1);
    expect(later.of('state')).toHaveLength(1);
    expect(taken(later).getMap('rows').size).toBe(1000);
  });

  test('[SYN-42] a client that brought something is told the difference, whatever it waited for', async () => {
    const { open, documents, packer } = desk();
    packer.hold();
    const client = await open('ada', BOARD, own);
    await client.send(encodeStepOne(NOTHING));
    await client.send(encodeStepOne(Y.encodeStateVector(documents.read(BOARD))));
    packer.release();
    await client.send(new Uint8Array([3]));
    expect(client.of('state')).toHaveLength(0);
    expect(client.of('step-2')).toHaveLength(1);
  });
});
