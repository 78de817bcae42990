import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CLOSE, closeReason, isPermanent } from '../close-codes.ts';
import { decodeChannelMessage, encodeChannelFrame, encodeControl } from '../channels.ts';
import type { Control } from '../channels.ts';
import { LIMITS } from '../limits.ts';
import { encodeAck } from './ack.ts';
import { encodeDenied } from './auth.ts';
import { KEEP_ALIVE, encodeAwareness, encodeQueryAwareness } from './awareness.ts';
import { decodeFrame, isExtension } from './frame.ts';
import type { Frame } from './frame.ts';
import { encodeHello } from './hello.ts';
import { encodeNack } from './nack.ts';
import { FrameError } from './reader.ts';
import { encodeReset } from './reset.ts';
import { encodeState } from './state.ts';
import { encodeStepOne, encodeStepTwo, encodeUpdate } from './sync.ts';

const SEED = 20_261_123;
const bytes = fc.uint8Array({ minLength: 1, maxLength: 64 });
const text = fc.string({ unit: 'grapheme', maxLength: 30 });
const entry = fc.record({ client: fc.nat(), clock: fc.nat(), state: text });

const anyFrame: fc.Arbitrary<Frame> = fc.oneof(
  fc.record({ type: fc.constant('step-1' as const), stateVector: bytes }),
  fc.record({ type: fc.constant('step-2' as const), update: bytes }),
  fc.record({ type: fc.constant('update' as const), update: bytes }),
  fc.record({ type: fc.constant('awareness' as const), entries: fc.array(entry, { maxLength: 4 }) }),
  fc.constant({ type: 'query-awareness' as const }),
  fc.record({ type: fc.constant('denied' as const), reason: text }),
  fc.record({
    type: fc.constant('hello' as const),
    epoch: fc.nat(),
    layout: fc.nat(),
    headSeq: fc.nat(),
    serverTime: fc.integer({ min: 0, max: 2 ** 45 }),
    mayWrite: fc.boolean(),
    limits: fc.constant(LIMITS),
  }),
  fc.record({ type: fc.constant('ack' as const), count: fc.nat() }),
  fc.record({ type: fc.constant('nack' as const), count: fc.nat(), code: text, text }),
  fc.record({ type: fc.constant('state' as const), deflated: fc.uint8Array() }),
  fc.record({ type: fc.constant('reset' as const), epoch: fc.nat(), next: text, reason: text }),
);

function encode(frame: Frame): Uint8Array {
  switch (frame.type) {
    case 'step-1':
      return encodeStepOne(frame.stateVector);
    case 'step-2':
      return encodeStepTwo(frame.update);
    case 'update':
      return encodeUpdate(frame.update);
    case 'awareness':
      return encodeAwareness(frame.entries);
    case 'query-awareness':
      return encodeQueryAwareness();
    case 'denied':
      return encodeDenied(frame.reason);
    case 'hello':
      return encodeHello(frame);
    case 'state':
      return encodeState(frame.deflated);
    case 'ack':
      return encodeAck(frame.count);
    case 'nack':
      return encodeNack(frame);
    case 'reset':
      return encodeReset(frame);
  }
}

const channel = fc.integer({ min: 1, max: 2 ** 31 });
const anyControl: fc.Arbitrary<Control> = fc.oneof(
  fc.record({ type: fc.constant('open' as const), channel, name: text }),
  fc.record({ type: fc.constant('opened' as const), channel }),
  fc.record({ type: fc.constant('closed' as const), channel, code: fc.nat({ max: 4999 }), reason: text }),
  fc.constant({ type: 'ping' as const }),
  fc.constant({ type: 'pong' as const }),
);

describe('frames', () => {
  test('[SYN-1] every frame reads back as it was written', () => {
    fc.assert(
      fc.property(anyFrame, (frame) => {
        expect(decodeFrame(encode(frame))).toEqual(frame);
      }),
      { seed: SEED, numRuns: 1000 },
    );
  });

  test('[SYN-1] 5,000 hostile frames give a frame or a typed error', () => {
    const damaged = fc
      .tuple(anyFrame, fc.nat({ max: 80 }), fc.nat({ max: 255 }), fc.nat({ max: 80 }))
      .map(([frame, at, value, length]) => {
        const copy = encode(frame).slice();
        if (at < copy.length) copy[at] = value;
        return length < copy.length ? copy.slice(0, length) : copy;
      });
    fc.assert(
      fc.property(fc.oneof(damaged, fc.uint8Array({ maxLength: 40 })), (hostile) => {
        const frame = decodeFrame(hostile);
        expect(frame instanceof FrameError || typeof frame.type === 'string').toBe(true);
      }),
      { seed: SEED, numRuns: 5000 },
    );
  });

  test.each([
    ['no bytes', new Uint8Array(), 'empty'],
    ['an unknown type', Uint8Array.of(99), 'unknown-type'],
    ['an unknown sync step', Uint8Array.of(0, 9, 1, 1), 'unknown-type'],
    ['an update without bytes', Uint8Array.of(0, 2, 0), 'malformed'],
    ['a length beyond the end', Uint8Array.of(0, 2, 200, 1), 'truncated'],
    ['bytes after the end', Uint8Array.of(0, 2, 1, 1, 7), 'trailing-bytes'],
    ['half an awareness entry', Uint8Array.of(1, 2, 1, 5), 'truncated'],
  ])('[SYN-1] %s is told as what it is', (_what, hostile, code) => {
    expect(decodeFrame(hostile)).toMatchObject({ code });
  });

  test('[SYN-4] types from 112 up are extensions and the rest are stock', () => {
    expect([encodeAck(1), encodeReset({ epoch: 1, next: 'a', reason: '' })].every(isExtension)).toBe(true);
    expect([KEEP_ALIVE, encodeUpdate(Uint8Array.of(1)), encodeDenied('')].some(isExtension)).toBe(false);
  });
});

describe('channels', () => {
  test('[SYN-3] control messages and frames read back as they were written', () => {
    fc.assert(
      fc.property(anyControl, channel, bytes, (control, number, frame) => {
        expect(decodeChannelMessage(encodeControl(control))).toEqual(control);
        expect(decodeChannelMessage(encodeChannelFrame(number, frame))).toEqual({
          type: 'frame',
          channel: number,
          frame,
        });
      }),
      { seed: SEED, numRuns: 500 },
    );
  });

  test('[SYN-1] hostile channel messages give a message or a typed error', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 30 }), fc.boolean(), (hostile, control) => {
        const message = decodeChannelMessage(control ? Uint8Array.of(0, ...hostile) : hostile);
        expect(message instanceof FrameError || typeof message.type === 'string').toBe(true);
      }),
      { seed: SEED, numRuns: 2000 },
    );
    expect(decodeChannelMessage(Uint8Array.of(0, 1, 0))).toMatchObject({ code: 'truncated' });
  });
});

describe('close codes', () => {
  test('[SYN-2] the permanent ones are those between 4400 and 4499', () => {
    const permanent = Object.values(CLOSE).filter(isPermanent);
    expect(permanent).toEqual([4400, 4401, 4403, 4404, 4409, 4410, 4426, 4429]);
  });

  test('[SYN-2] any reason is cut to 123 bytes without splitting a character', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', 'é', '€', '😀', '\ud83d')), (characters) => {
        const reason = characters.join('').repeat(20);
        const cut = closeReason(reason);
        expect(new TextEncoder().encode(cut).length).toBeLessThanOrEqual(123);
        expect(reason.toWellFormed().startsWith(cut)).toBe(true);
      }),
      { seed: SEED },
    );
    expect(closeReason('€'.repeat(60))).toBe('€'.repeat(41));
  });
});
