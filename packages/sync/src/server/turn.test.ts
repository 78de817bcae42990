import { describe, expect, test } from 'vitest';
import { FakeClock, turn } from '../test-support/fake-clock.ts';
import { Turn } from './turn.ts';

/** Keeps what turns throw, as the process does. */
class CatchingClock extends FakeClock {
  readonly caught: unknown[] = [];

  override nextTurn(run: () => void): void {
    super.nextTurn(() => {
      try {
        run();
      } catch (error) {
        this.caught.push(error);
      }
    });
  }
}

function openTurn() {
  const clock = new CatchingClock();
  const done: string[] = [];
  const flushable = (name: string) => ({ flush: () => void done.push(name) });
  const crowd = (size: number) => Array.from({ length: size }, (_none, index) => flushable(`s${index}`));
  return { clock, done, flushable, crowd, turn: new Turn(clock) };
}

describe('a turn', () => {
  test('[SYN-9] asks the store first, then makes the frames of documents, and writes to sockets last', async () => {
    const { turn: own, done, flushable } = openTurn();
    own.touchSocket(flushable('socket'));
    own.touchDocument(flushable('document'));
    own.touchWrites({ gather: () => void done.push('writes') });
    await turn();
    expect(done).toEqual(['writes', 'document', 'socket']);
  });

  test('[SYN-9] rests after writing to many sockets, and lets gather what comes meanwhile', async () => {
    const { turn: own, clock, done, flushable, crowd } = openTurn();
    for (const socket of crowd(300)) own.touchSocket(socket);
    await turn();
    done.length = 0;
    own.touchSocket(flushable('early'));
    own.touchWrites({ gather: () => void done.push('writes') });
    await clock.pass(5);
    expect(done).toEqual(['writes']);
    own.touchSocket(flushable('late'));
    await clock.pass(1);
    expect(done).toEqual(['writes', 'early', 'late']);
  });

  test('[SYN-9] never rests longer than 10 ms, and not at all after writing to few', async () => {
    const { turn: own, clock, done, flushable, crowd } = openTurn();
    for (const socket of crowd(5_000)) own.touchSocket(socket);
    await turn();
    done.length = 0;
    own.touchSocket(flushable('after many'));
    await clock.pass(10);
    own.touchSocket(flushable('after few'));
    await turn();
    expect(done).toEqual(['after many', 'after few']);
  });

  test('[SYN-9] something that throws holds up nothing else that was to be dealt with', async () => {
    const { turn: own, clock, done, flushable } = openTurn();
    const fail = (): never => {
      throw new Error('a fault');
    };
    own.touchWrites({ gather: fail });
    own.touchWrites({ gather: () => void done.push('writes') });
    own.touchDocument({ flush: fail });
    own.touchDocument(flushable('document'));
    own.touchSocket({ flush: fail });
    own.touchSocket(flushable('socket'));
    for (let turns = 0; turns < 4; turns += 1) await turn();
    expect(done.toSorted()).toEqual(['document', 'socket', 'writes']);
    expect(clock.caught).toHaveLength(3);
  });
});
