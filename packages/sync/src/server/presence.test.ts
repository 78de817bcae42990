import { describe, expect, test } from 'vitest';
import { encodeAwareness, encodeQueryAwareness } from '../frames/awareness.ts';
import type { AwarenessEntry } from '../frames/awareness.ts';
import { startMachine } from '../test-support/machine.ts';
import type { RawClient } from '../test-support/machine.ts';

const ROOM = 'room/R1';
const state = (client: number, clock: number, value: unknown): AwarenessEntry => ({
  client,
  clock,
  state: JSON.stringify(value),
});

/** What a client has been told, newest last. */
function told(client: RawClient): { client: number; clock: number; state: unknown }[] {
  return client
    .of('awareness')
    .flatMap(({ entries }) => entries)
    .map((entry) => ({ ...entry, state: JSON.parse(entry.state) as unknown }));
}

const ADA = { id: 'ada', name: 'Name of ada', colour: '#336699', color: '#336699' };

async function room() {
  const machine = startMachine();
  machine.documents.create(ROOM);
  const ada = await machine.open('ada', ROOM);
  const bob = await machine.open('bob', ROOM);
  return { ...machine, ada, bob };
}

describe('presence', () => {
  test('[SYN-18] the identity in a state is the session’s, whatever the client says', async () => {
    const { ada, bob, clock } = await room();
    await ada.send(encodeAwareness([state(5, 1, { user: { id: 'chief', name: 'Chief' }, at: 'R1' })]));
    await clock.pass(200);
    expect(told(bob)).toEqual([{ client: 5, clock: 1, state: { user: ADA, at: 'R1' } }]);
  });

  test('[SYN-18] a connection cannot speak for another’s client id or for a second of its own', async () => {
    const { ada, bob, clock } = await room();
    await ada.send(encodeAwareness([state(5, 1, { at: 'R1' })]));
    await bob.send(encodeAwareness([state(5, 9, { at: 'forged' })]));
    await bob.send(
      encodeAwareness([state(6, 1, { at: 'R2' }), state(5, 10, null), state(77, 1, { at: 'ghost' })]),
    );
    await clock.pass(200);
    expect(told(bob)).toEqual([
      { client: 5, clock: 1, state: { user: ADA, at: 'R1' } },
      expect.objectContaining({ client: 6 }),
    ]);
  });

  test.each([
    ...['[]', '"x"', '7', '{"a":', '{"__proto__":{}}', `{"a":"${'x'.repeat(3000)}"}`],
    String.raw`{"at":{"\u005f_proto__":{"polluted":true}}}`,
  ])('[SYN-18] a state that is no small object is not passed on: %#', async (json) => {
    const { ada, bob, clock } = await room();
    await ada.send(encodeAwareness([{ client: 5, clock: 1, state: json }]));
    await clock.pass(200);
    expect(told(bob)).toEqual([]);
    expect(ada.closedWith).toBeNull();
  });

  test('[SYN-47] [SYN-16] nobody writes under the id that somebody is shown with, and its owner still can', async () => {
    const { ada, bob, clock, documents } = await room();
    await ada.sync();
    await bob.sync();
    await ada.send(encodeAwareness([state(ada.doc.clientID, 1, {})]));
    await clock.pass(200);
    bob.doc.clientID = told(bob)[0]?.client ?? 0;
    await bob.edit((doc) => doc.getArray('timeline').push(['forged']));
    expect(bob.of('nack').map(({ code }) => code)).toEqual(['client-id-bound']);
    expect(bob.closedWith).toBe(4409);
    expect(documents.rejected).toMatchObject([{ person: 'bob', code: 'client-id-bound' }]);
    await ada.edit((doc) => doc.getArray('timeline').push(['mine']));
    expect(ada.closedWith).toBeNull();
    expect(documents.read(ROOM).getArray('timeline').toArray()).toEqual(['mine']);
  });

  test('[SYN-47] an id stays its owner’s while they are away', async () => {
    const { ada, bob, clock, open, documents } = await room();
    await bob.sync();
    await ada.send(encodeAwareness([state(ada.doc.clientID, 1, {})]));
    await ada.drop();
    await clock.pass(200);
    await bob.send(encodeAwareness([state(ada.doc.clientID, 9, {})]));
    bob.doc.clientID = ada.doc.clientID;
    await bob.edit((doc) => doc.getArray('timeline').push(['forged']));
    expect(bob.closedWith).toBe(4409);
    const again = await open('ada', ROOM);
    again.doc.clientID = ada.doc.clientID;
    await again.sync();
    await again.edit((doc) => doc.getArray('timeline').push(['mine']));
    expect(documents.read(ROOM).getArray('timeline').toArray()).toEqual(['mine']);
  });

  test('[SYN-19] a burst goes out once, as the newest state', async () => {
    const { ada, bob, clock } = await room();
    for (let n = 1; n <= 20; n += 1) await ada.send(encodeAwareness([state(5, n, { n })]));
    expect(bob.of('awareness')).toEqual([]);
    await clock.pass(200);
    expect(told(bob)).toEqual([{ client: 5, clock: 20, state: { n: 20, user: ADA } }]);
  });

  test('[SYN-19] presence goes with its connection, and newcomers are told who is there', async () => {
    const { ada, bob, clock, open } = await room();
    await ada.send(encodeAwareness([state(5, 1, {})]));
    await clock.pass(200);
    const cid = await open('cid', ROOM);
    expect(told(cid)).toEqual([{ client: 5, clock: 1, state: { user: ADA } }]);
    await ada.drop();
    await clock.pass(200);
    expect(told(bob).at(-1)).toEqual({ client: 5, clock: 1, state: null });
    await bob.send(encodeQueryAwareness());
    expect(told(await open('dan', ROOM))).toEqual([]);
  });

  test('[SYN-19] a client that reconnects before its old connection is missed stays present', async () => {
    const { ada, bob, clock, open } = await room();
    await ada.send(encodeAwareness([state(5, 3, {})]));
    await clock.pass(200);
    const again = await open('ada', ROOM);
    await again.send(encodeAwareness([state(5, 3, {})]));
    await ada.drop();
    await clock.pass(200);
    expect(told(bob)).toEqual([{ client: 5, clock: 3, state: { user: ADA } }]);
    await again.send(encodeAwareness([state(5, 4, { back: true })]));
    await clock.pass(200);
    expect(told(bob).at(-1)?.state).toEqual({ back: true, user: ADA });
  });

  test('[SYN-19] a query is answered with all that are here', async () => {
    const { ada, bob, clock } = await room();
    await ada.send(encodeAwareness([state(5, 1, {})]));
    await clock.pass(200);
    bob.news();
    await bob.send(encodeQueryAwareness());
    expect(bob.news()).toMatchObject([{ type: 'awareness', entries: [{ client: 5, clock: 1 }] }]);
  });
});
