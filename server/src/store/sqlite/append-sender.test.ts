import { personId } from '@muster/domain/shared';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AppendRequest } from '../store.ts';
import { AppendSender } from './append-sender.ts';
import { GROUP_LIMITS } from './group-commit.ts';
import { packAppends, packOutcome, unpackAppends } from './packed-appends.ts';
import type { PackedAppends } from './packed-appends.ts';
import type { AppendAnswer } from './protocol.ts';

const SEED = 20_261_123;

const request = (name: string, bytes = 3): AppendRequest => ({
  name,
  person: personId('ANNE'),
  session: 's',
  clientIds: [7],
  claimedByOthers: [],
  update: new Uint8Array(bytes).fill(name.length),
  recovering: false,
});

/** A writer's thread that answers when it is told to. */
function openWriter() {
  const messages: { readonly packed: PackedAppends; answer(answer: AppendAnswer): Promise<void> }[] = [];
  const call = (_operation: string, [packed]: readonly unknown[]): Promise<unknown> =>
    new Promise((resolve) => {
      messages.push({
        packed: packed as PackedAppends,
        answer: async (answer) => {
          resolve(answer);
          await new Promise((later) => setImmediate(later));
        },
      });
    });
  return { messages, sender: new AppendSender({ call }) };
}

const kept = (count: number): AppendAnswer => ({
  outcomes: Float64Array.from({ length: count }, (_none, index) => index + 1),
  failed: [],
});

describe('packed appends', () => {
  it(`come out by document in their order as they went in [seed ${SEED}]`, () => {
    const client = fc.record({ id: fc.integer({ min: 0, max: 2 ** 53 - 1 }), claimed: fc.boolean() });
    const any = fc
      .record({
        name: fc.constantFrom('room/A', 'room/B', 'draft/C'),
        person: fc.constantFrom('ANNE', 'BOB').map(personId),
        session: fc.constantFrom('s', 't'),
        clients: fc.uniqueArray(client, { maxLength: 3, selector: ({ id }) => id }),
        update: fc.uint8Array({ maxLength: 20 }),
        recovering: fc.boolean(),
        lockable: fc.boolean(),
      })
      .map(({ clients, ...others }) => ({
        ...others,
        clientIds: clients.map(({ id }) => id),
        claimedByOthers: clients.filter(({ claimed }) => claimed).map(({ id }) => id),
      }));
    fc.assert(
      fc.property(fc.array(any), (requests) => {
        const documents = unpackAppends(packAppends(requests));
        const places = documents.flatMap(({ appends }) => appends.map(({ place }) => place));
        expect(places.toSorted((one, other) => one - other)).toEqual([...requests.keys()]);
        for (const { name, appends } of documents)
          expect(appends.map((append) => append.request)).toEqual(
            requests.filter((one) => one.name === name),
          );
      }),
      { seed: SEED },
    );
  });
});

describe('sending appends', () => {
  it('sends what is asked for at once as one message, and what comes meanwhile as the next', async () => {
    const { messages, sender } = openWriter();
    const first = [sender.append([request('room/A'), request('room/A')]), sender.append([request('room/B')])];
    await Promise.resolve();
    const then = [sender.append([request('room/C')]), sender.append([request('room/D')])];
    await Promise.resolve();
    expect(messages.map(({ packed }) => packed.count)).toEqual([3]);
    await messages[0]?.answer(kept(3));
    expect(await Promise.all(first)).toEqual([
      [
        { ok: true, seq: 1 },
        { ok: true, seq: 2 },
      ],
      [{ ok: true, seq: 3 }],
    ]);
    expect(messages.map(({ packed }) => packed.count)).toEqual([3, 2]);
    await messages[1]?.answer(kept(2));
    await Promise.all(then);
  });

  it('never sends more at once than goes into one commit', async () => {
    const { messages, sender } = openWriter();
    const many = Array.from({ length: GROUP_LIMITS.maxJobs + 1 }, () => sender.append([request('room/A')]));
    const large = [1, 2].map(() => sender.append([request('room/B', GROUP_LIMITS.maxBytes)]));
    await Promise.resolve();
    for (let index = 0; index < 3; index += 1) await messages[index]?.answer(kept(GROUP_LIMITS.maxJobs));
    await messages[3]?.answer(kept(1));
    expect(messages.map(({ packed }) => packed.count)).toEqual([GROUP_LIMITS.maxJobs, 1, 1, 1]);
    await Promise.all([...many, ...large]);
  });

  it('tells a document alone that something of it broke or was refused', async () => {
    const { messages, sender } = openWriter();
    const broken = expect(sender.append([request('room/A')])).rejects.toThrow('torn');
    const refused = sender.append([request('room/B')]);
    await Promise.resolve();
    const error = { message: 'torn', name: 'Error', code: null, stack: undefined };
    const outcomes = Float64Array.of(0, packOutcome({ ok: false, code: 'damaged' }));
    await messages[0]?.answer({ outcomes, failed: [{ name: 'room/A', error }] });
    await broken;
    expect(await refused).toEqual([{ ok: false, code: 'damaged' }]);
  });
});
