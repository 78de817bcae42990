import { RoomReplay } from '@muster/documents';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Replay } from './replay.svelte.ts';

const NOON = Date.UTC(2026, 5, 1, 12);
const SPAN = { from: NOON, to: NOON + 60_000 };

/** A replay of a room in which nobody wrote, or of one that is kept from an instant on. */
async function opened(keptFrom: number | null = null): Promise<Replay> {
  const replay = new Replay({
    recording: () => Promise.resolve(new RoomReplay({ keptFrom, frames: [] })),
  });
  onTestFinished(() => replay.close());
  await replay.open(() => SPAN);
  return replay;
}

describe('a replay', () => {
  it('begins at the end and stays within its span', async () => {
    const replay = await opened();
    expect([replay.ready, replay.at]).toEqual([1, SPAN.to]);
    replay.step(1_000);
    expect(replay.at).toBe(SPAN.to);
    replay.step(-3_600_000);
    expect(replay.at).toBe(SPAN.from);
  });

  it('plays at its speed from where it stands, and stops at the end', async () => {
    const replay = await opened();
    replay.goAt(600);
    replay.play();
    expect(replay.playing).toBe(true);
    await expect.poll(() => replay.at).toBeGreaterThan(SPAN.from);
    await expect.poll(() => replay.playing).toBe(false);
    expect(replay.at).toBe(SPAN.to);
  });

  it('[INC-114] says where the room is not kept', async () => {
    const replay = await opened(NOON + 30_000);
    expect(replay.isKept).toBe(true);
    replay.goTo(NOON + 29_999);
    expect(replay.isKept).toBe(false);
    expect(replay.shown.entries).toEqual([]);
  });

  it('says why there is none', async () => {
    const replay = new Replay({
      recording: () => Promise.reject(new Error('The server cannot be reached.')),
    });
    await replay.open(() => SPAN);
    expect(replay.problem).toBe('The server cannot be reached.');
  });
});
