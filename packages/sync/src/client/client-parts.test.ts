import { describe, expect, test } from 'vitest';
import { encodeControl } from '../channels.ts';
import { KEEP_ALIVE, encodeAwareness } from '../frames/awareness.ts';
import { decodeFrame } from '../frames/frame.ts';
import { FakeClock } from '../test-support/fake-clock.ts';
import { DEFAULT_BACK_OFF, waitAfter } from './backoff.ts';
import { openChannelSocket } from './channel-socket.ts';
import { EchoFilter } from './echo-filter.ts';

describe('back-off', () => {
  test('[SYN-27] waits double up to the cap, between half and all of it', () => {
    expect([0, 1, 2, 9, 99].map((failures) => waitAfter(failures, DEFAULT_BACK_OFF, () => 1))).toEqual([
      300, 600, 1200, 10_000, 10_000,
    ]);
    expect(waitAfter(9, DEFAULT_BACK_OFF, () => 0)).toBe(5_000);
  });
});

describe('the echo filter', () => {
  test('[SYN-19] drops what the server said and keeps what is new', () => {
    const filter = new EchoFilter();
    const theirs = { client: 1, clock: 4, state: '{}' };
    const heard = decodeFrame(encodeAwareness([theirs]));
    if ('type' in heard && heard.type === 'awareness') filter.received(heard);
    const own = { client: 2, clock: 1, state: '{}' };
    expect(filter.outgoing(encodeAwareness([theirs]))).toBeNull();
    expect(filter.outgoing(encodeAwareness([theirs, own]))).toEqual(encodeAwareness([own]));
    expect(filter.outgoing(encodeAwareness([own]))).toEqual(encodeAwareness([own]));
  });
});

/** A socket that does what the test says, since no real one falls silent on demand. */
class PuppetSocket {
  static readonly made: PuppetSocket[] = [];
  readonly sent: Uint8Array[] = [];
  readyState = 0;
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: ArrayBuffer }) => void) | null = null;
  onclose: ((event: { code: number; reason: string }) => void) | null = null;

  constructor() {
    PuppetSocket.made.push(this);
  }

  open(): void {
    this.readyState = 1;
    this.onopen?.();
  }

  say(bytes: Uint8Array): void {
    this.onmessage?.({ data: bytes.slice().buffer });
  }

  send(bytes: Uint8Array): void {
    this.sent.push(bytes);
  }

  close(): void {
    this.readyState = 3;
  }
}

function puppet() {
  PuppetSocket.made.length = 0;
  const clock = new FakeClock();
  const socket = openChannelSocket({
    url: 'ws://nowhere/sync',
    WebSocket: PuppetSocket as unknown as typeof WebSocket,
    clock,
    random: () => 1,
  });
  return { clock, socket, made: PuppetSocket.made };
}

describe('a shared socket and time', () => {
  test('[SYN-27] failures in a row wait longer each time and are one state', async () => {
    const { clock, socket, made } = puppet();
    const { since } = socket.status;
    for (const wait of [300, 600, 1200]) {
      made.at(-1)?.onclose?.({ code: 1006, reason: '' });
      const before = made.length;
      await clock.pass(wait - 1);
      expect(made).toHaveLength(before);
      await clock.pass(1);
      expect(made).toHaveLength(before + 1);
    }
    expect(socket.status).toMatchObject({ state: 'connecting', since });
    made.at(-1)?.open();
    expect(socket.status).toMatchObject({ state: 'open', since: clock.now() });
  });

  test('[SYN-27] the late words of a superseded socket change nothing', async () => {
    const { clock, socket, made } = puppet();
    made[0]?.open();
    socket.goOffline();
    socket.goOnline();
    made[1]?.open();
    made[0]?.onclose?.({ code: 4401, reason: 'late' });
    made[0]?.onopen?.();
    expect(socket.status.state).toBe('open');
    await clock.pass(0);
    expect(made).toHaveLength(2);
  });

  test('[SYN-27] a server that has fallen silent is left', async () => {
    const { clock, socket, made } = puppet();
    made[0]?.open();
    await clock.pass(40_000);
    made[0]?.say(encodeControl({ type: 'ping' }));
    expect(made[0]?.sent.at(-1)).toEqual(encodeControl({ type: 'pong' }));
    await clock.pass(40_000);
    expect(socket.status.state).toBe('open');
    await clock.pass(20_000);
    expect(made.length).toBeGreaterThan(1);
  });

  test('[SYN-20] quiet documents hear that the socket lives, so that their providers stay', async () => {
    const { clock, socket, made } = puppet();
    made[0]?.open();
    const heard: Uint8Array[] = [];
    const Polyfill = socket.polyfillFor('room/R1');
    const channel = new Polyfill('ws://nowhere/sync/room/R1');
    channel.onmessage = ({ data }: MessageEvent<ArrayBuffer>) => heard.push(new Uint8Array(data));
    made[0]?.say(encodeControl({ type: 'opened', channel: 1 }));
    for (let minute = 0; minute < 6; minute += 1) {
      made[0]?.say(encodeControl({ type: 'ping' }));
      await clock.pass(20_000);
    }
    expect(heard.length).toBeGreaterThanOrEqual(5);
    expect(heard.every((bytes) => bytes.join() === KEEP_ALIVE.join())).toBe(true);
  });
});
