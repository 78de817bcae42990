import { personId } from '@muster/domain/shared';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { packRecording, unpackRecording } from './recording.ts';
import type { Frame } from './recording.ts';
import { RoomReplay } from './room-replay.ts';
import { addEntry, readTimeline } from './timeline/entry.ts';
import { sharedText, writtenList } from './timeline/written-list.ts';

const BEGIN = Date.UTC(2026, 5, 1, 12);
const idOf = (index: number): string => `01KT0000000000000000${String(index).padStart(6, '0')}`;

/** A room in which an entry is added or a word written at each of the instants, and how it stood then. */
function recorded(instants: readonly number[]) {
  const doc = new Y.Doc();
  const frames: Frame[] = [];
  const stood: (readonly string[])[] = [];
  let at = 0;
  doc.on('update', (update: Uint8Array) => frames.push({ at, update }));
  for (const [index, instant] of instants.entries()) {
    at = instant;
    const text = index % 3 === 2 ? sharedText(writtenList(doc, 'timeline').get(0)) : null;
    if (text === null) {
      const by = personId('01J0000000000000000000MARA');
      const head = { id: idOf(index), at, writtenAt: at, by, kind: 'observation', source: null } as const;
      addEntry(doc, { ...head, text: `entry ${index}` });
    } else text.insert(text.length, '!');
    stood.push(wordsOf(readTimeline(doc).entries));
  }
  return { frames, stood };
}

const wordsOf = (entries: readonly { readonly text: string }[]): readonly string[] =>
  entries.map(({ text }) => text);

function replayOf(frames: readonly Frame[], keptFrom: number | null = null): RoomReplay {
  const recording = unpackRecording(packRecording(keptFrom, frames));
  if (recording === null) throw new Error('the recording was not read');
  return new RoomReplay(recording);
}

describe('the replay of a room', () => {
  test('[INC-113] knows when each entry was committed, and shows it from then on', () => {
    const instants = [0, 2, 5, 90].map((seconds) => BEGIN + seconds * 1_000);
    const { frames } = recorded(instants);
    const replay = replayOf(frames);
    expect(replay.committedAt(idOf(0))).toBeNull();
    while (replay.prepare(1_000) < 1);
    for (const index of [0, 1, 3]) {
      const at = instants[index] ?? 0;
      expect(replay.committedAt(idOf(index))).toBe(at);
      const there = (instant: number) =>
        replay.show(replay.placeAt(instant)).entries.some(({ id }) => id === idOf(index));
      expect([there(at - 1), there(at)]).toEqual([false, true]);
    }
  });

  test('[INC-113] shows at any instant what was committed until then, forward, back and anywhere', () => {
    const gaps = fc.array(fc.integer({ min: 1_000, max: 90_000 }), { minLength: 1, maxLength: 400 });
    fc.assert(
      fc.property(
        gaps,
        fc.array(fc.nat(), { minLength: 1, maxLength: 20 }),
        fc.boolean(),
        (apart, looks, ready) => {
          let now = BEGIN;
          const instants = apart.map((gap) => (now += gap));
          const { frames, stood } = recorded(instants);
          const replay = replayOf(frames);
          if (ready) while (replay.prepare(5) < 1);
          for (const look of looks) {
            const at = BEGIN - 1_000 + (look % (now - BEGIN + 2_000));
            const last = instants.findLastIndex((instant) => instant <= at);
            expect(wordsOf(replay.show(replay.placeAt(at)).entries)).toEqual(stood[last] ?? []);
          }
          replay.close();
        },
      ),
      { numRuns: 40 },
    );
  });

  test('[INC-113] what a clock that was put back dates earlier brings nothing forward', () => {
    const { frames, stood } = recorded([BEGIN, BEGIN + 60_000, BEGIN + 20_000, BEGIN + 90_000]);
    const replay = replayOf(frames);
    const at = (instant: number) => wordsOf(replay.show(replay.placeAt(instant)).entries);
    expect(at(BEGIN + 10_000)).toEqual(stood[0]);
    expect(at(BEGIN + 30_000)).toEqual(stood[2]);
    expect(at(BEGIN + 90_000)).toEqual(stood[3]);
  });

  test('[INC-114] says what lies before that which is kept', () => {
    const { frames } = recorded([BEGIN]);
    expect(replayOf(frames, BEGIN).isBeforeKept(BEGIN - 1)).toBe(true);
    expect(replayOf(frames, BEGIN).isBeforeKept(BEGIN)).toBe(false);
    expect(replayOf(frames).isBeforeKept(0)).toBe(false);
  });

  test('a room in which nobody wrote is empty at any time', () => {
    const replay = replayOf([]);
    expect(replay.prepare(1)).toBe(1);
    expect(replay.show(replay.placeAt(BEGIN))).toEqual({ entries: [], tasks: [], nonconforming: 0 });
  });

  test('bytes that are no recording are not read as one', () => {
    const packed = packRecording(null, recorded([BEGIN]).frames);
    expect(unpackRecording(packed.subarray(0, packed.length - 1))).toBeNull();
    expect(unpackRecording(Uint8Array.of())).toBeNull();
    packed[0] = 9;
    expect(unpackRecording(packed)).toBeNull();
  });
});
