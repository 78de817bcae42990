import { describe, expect, test, vi } from 'vitest';
import * as Y from 'yjs';
import { encodeStepTwo, encodeUpdate } from '../frames/sync.ts';
import { turn } from '../test-support/fake-clock.ts';
import { startMachine } from '../test-support/machine.ts';
import type { Machine, RawClient } from '../test-support/machine.ts';
import { WriteQueue } from './write-queue.ts';

const ROOM = 'room/R1';
const push =
  (value: unknown) =>
  (doc: Y.Doc): void =>
    doc.getArray('timeline').push([value]);

/** Ada has sent an update that builds on what only her step 2 would bring. */
async function waiting(): Promise<{ machine: Machine; ada: RawClient; looks: () => number }> {
  const take = vi.spyOn(WriteQueue.prototype, 'take');
  take.mockClear();
  const machine = startMachine({ messageBurst: 10_000, messagesPerSecond: 10_000 });
  machine.documents.create(ROOM);
  const ada = await machine.open('ada', ROOM);
  ada.make(push('offline'));
  await ada.edit(push('x'.repeat(100_000)));
  const before = take.mock.calls.length;
  return { machine, ada, looks: () => take.mock.calls.length - before };
}

describe('what waits for something missing', () => {
  test('[SYN-46] is not joined anew with every frame behind it', async () => {
    const { machine, ada, looks } = await waiting();
    for (let frame = 0; frame < 300; frame += 1) await ada.edit(push(frame));
    expect(looks()).toBe(0);
    await ada.sync();
    expect(looks()).toBe(1);
    expect(machine.documents.read(ROOM).getArray('timeline').length).toBe(302);
    expect(ada.of('ack').at(-1)?.count).toBe(302);
  });

  test('[SYN-46] is not looked at when others commit what it does not wait for', async () => {
    const { machine, ada, looks } = await waiting();
    const bob = await (await machine.open('bob', ROOM)).sync();
    const own = looks();
    for (let word = 0; word < 20; word += 1) await bob.edit(push(word));
    // Bob's own, one each.
    expect(looks() - own).toBe(20);
    expect(ada.closedWith).toBeNull();
  });

  test('[SYN-46] goes on when a commit fills its gap', async () => {
    const machine = startMachine();
    machine.documents.create(ROOM);
    const [ada, twin] = [await machine.open('ada', ROOM), await (await machine.open('ada', ROOM)).sync()];
    const missing = ada.make(push('offline'));
    await ada.edit(push('and at once'));
    await twin.send(encodeUpdate(missing));
    await turn();
    expect(machine.documents.read(ROOM).getArray('timeline').toArray()).toEqual(['offline', 'and at once']);
    expect(ada.of('ack').at(-1)?.count).toBe(1);
  });

  test('[SYN-46] [SYN-16] is refused and kept when it is too much', async () => {
    const { machine, ada, looks } = await waiting();
    for (let frame = 0; frame < 399; frame += 1) await ada.edit(push(frame));
    expect(ada.closedWith).toBeNull();
    await ada.edit(push('one more'));
    expect(looks()).toBe(0);
    expect(ada.of('nack').map(({ code }) => code)).toEqual(['pending']);
    expect(ada.closedWith).toBe(4409);
    expect(machine.documents.rejected).toMatchObject([{ person: 'ada', code: 'pending' }]);
    const kept = Y.decodeUpdate(machine.documents.rejected[0]?.update ?? new Uint8Array());
    expect(kept.structs).toHaveLength(401);
    expect(machine.documents.appended).toEqual([]);
  });

  test('[SYN-46] takes the step 2 that it waits for, however much is behind it', async () => {
    const { machine, ada } = await waiting();
    for (let frame = 0; frame < 399; frame += 1) await ada.edit(push(frame));
    await ada.send(encodeStepTwo(Y.encodeStateAsUpdate(ada.doc)));
    expect(ada.closedWith).toBeNull();
    expect(machine.documents.read(ROOM).getArray('timeline').length).toBe(401);
  });

  test('[SYN-46] [SYN-16] is refused and kept when nothing comes for too long', async () => {
    const { machine, ada } = await waiting();
    await machine.clock.pass(19_000);
    await ada.edit(push('still typing'));
    expect(ada.closedWith).toBeNull();
    await machine.clock.pass(1_000);
    expect(ada.of('nack')).toMatchObject([
      { code: 'pending', text: expect.stringContaining('not come') as string },
    ]);
    expect(ada.closedWith).toBe(4409);
    expect(machine.documents.rejected).toHaveLength(1);
  });

  test('[SYN-46] leaves no timer behind when it came to its end', async () => {
    const { machine, ada } = await waiting();
    await ada.sync();
    await machine.clock.pass(60_000);
    expect(ada.closedWith).toBeNull();
    expect(machine.documents.rejected).toEqual([]);
  });
});
