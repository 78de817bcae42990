import { commandId, recordId } from '@muster/domain/shared';
import { describe, expect, it, vi } from 'vitest';
import { OwnActs } from './own-acts.ts';
import { KeptActs } from './test-support/kept-acts.ts';

const NOW = 1_780_000_000_000;
const [ONE, OTHER] = [recordId('01C00000000000000000000001'), recordId('01C00000000000000000000002')];

describe('own acts of one part', () => {
  it('are known by what they are about, and told when they come, are answered or go', () => {
    const { own, acts, touched, submit } = device();
    submit('change.edit', ONE);
    submit('release.edit', OTHER);
    submit('change.edit', OTHER);
    acts.tell();
    expect([...own.targets]).toEqual([ONE, OTHER]);
    expect(touched).toEqual([[ONE], [OTHER]]);
    acts.answer({ version: 4, at: NOW });
    acts.refuse();
    acts.refuse();
    expect(touched).toEqual([[ONE], [OTHER], [ONE], [OTHER]]);
    expect(own.of(OTHER)).toEqual([]);
  });

  it('are left out of a state that holds them already, and let go of when it is here', () => {
    const { own, acts, submit, versions } = device();
    submit('change.edit', ONE);
    acts.answer({ version: 4, at: NOW });
    submit('change.step', ONE);
    const typesAfter = (version: number) => own.after(ONE, version).map(({ envelope }) => envelope.type);
    expect([typesAfter(3), typesAfter(4)]).toEqual([['change.edit', 'change.step'], ['change.step']]);
    versions.set(ONE, 3);
    own.finishShown();
    expect(acts.types).toEqual(['change.edit', 'change.step']);
    versions.set(ONE, 4);
    own.finishShown();
    expect(acts.types).toEqual(['change.step']);
  });

  it('are let go of when their time has come by the clock that their answers were noted by, though not offline', () => {
    const { own, acts, submit, clock } = device();
    submit('change.edit', ONE);
    acts.answer({ version: 4, at: NOW });
    clock.now = NOW + 9_000;
    own.finishShown();
    expect(acts.commands).toHaveLength(1);
    clock.now = NOW + 11_000;
    clock.isLive = false;
    own.finishShown();
    expect(acts.commands).toHaveLength(1);
    clock.isLive = true;
    own.finishShown();
    expect(acts.commands).toEqual([]);
  });

  it('are let go of when their time has come, though nothing else happens', () => {
    vi.useFakeTimers();
    try {
      const { acts, submit, clock } = device();
      submit('change.edit', ONE);
      acts.answer({ version: 4, at: NOW });
      clock.now = NOW + 10_001;
      vi.advanceTimersByTime(10_001);
      expect(acts.commands).toEqual([]);
    } finally {
      vi.useRealTimers();
    }
  });

  it('are not looked at any more once they are closed, in no time', () => {
    vi.useFakeTimers();
    try {
      const { own, acts, touched, submit, clock } = device();
      submit('change.edit', ONE);
      acts.answer({ version: 4, at: NOW });
      const told = touched.length;
      own.close();
      submit('change.edit', OTHER);
      clock.now = NOW + 20_001;
      vi.advanceTimersByTime(20_001);
      expect(touched).toHaveLength(told);
      expect(acts.commands).toHaveLength(2);
    } finally {
      vi.useRealTimers();
    }
  });
});

function device() {
  const acts = new KeptActs();
  const touched: string[][] = [];
  const versions = new Map<string, number>();
  const clock = { now: NOW, isLive: true };
  const own = new OwnActs({
    part: 'changes',
    outbox: acts,
    versionOf: (id) => versions.get(id) ?? 0,
    touched: (ids) => touched.push([...ids]),
    isLive: () => clock.isLive,
    deviceNow: () => clock.now,
  });
  let made = 0;
  const submit = (type: string, target: typeof ONE) => {
    const id = commandId(String((made += 1)));
    acts.submit({ id, type, target, args: {}, basis: 0, clientAt: NOW });
  };
  return { own, acts, touched, versions, clock, submit };
}
