import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { recordId, serviceId } from '../../shared/index.ts';
import { VPN } from '../../shared/test-support/organisation.ts';
import { HOUR, NOW } from '../test-night.ts';
import { decideDeployment } from './gate.ts';
import type { Freeze, GateChange, GateFacts, GateQuestion } from './gate.ts';

const window = { beginsAt: NOW - HOUR, endsAt: NOW + HOUR };
const OTHER = serviceId('mail');

const change = (id: string, other: Partial<GateChange> = {}): GateChange => ({
  id: recordId(id),
  number: null,
  services: [VPN],
  standing: 'open',
  approved: true,
  window,
  ...other,
});

const freeze = (other: Partial<Freeze> = {}): Freeze => ({
  ...window,
  id: 'f',
  name: 'Year end',
  isHard: true,
  services: null,
  environments: null,
  ...other,
});

const ask = (facts: Partial<GateFacts>, question: Partial<GateQuestion> = {}, now = NOW) =>
  decideDeployment(
    { service: VPN, environment: 'production', ...question },
    { services: new Set([VPN, OTHER]), changes: [], freezes: [], ...facts },
    now,
  );

const codes = (answer: ReturnType<typeof ask>) =>
  answer.reasons.map(({ code }) => code.replace('release/', ''));

describe('the gate for machines', () => {
  test('[REL-46] an approved change in its window lets it pass, named or not', () => {
    const changes = [change('a', { approved: false }), change('b')];
    expect(ask({ changes })).toEqual({ allow: true, change: 'b', reasons: [] });
    expect(ask({ changes }, { change: recordId('b') })).toEqual({ allow: true, change: 'b', reasons: [] });
  });

  test.each([
    ['not-approved', change('a', { approved: false })],
    ['outside-window', change('a', { window: { beginsAt: NOW + 1, endsAt: NOW + HOUR } })],
    ['outside-window', change('a', { window: { beginsAt: NOW - HOUR, endsAt: NOW } })],
    ['outside-window', change('a', { window: null })],
    ['change-over', change('a', { standing: 'closed' })],
    ['change-over', change('a', { standing: 'inactive' })],
    ['change-of-other-service', change('a', { services: [OTHER] })],
    ['unknown-change', change('b')],
  ] as const)('[REL-46] %s stops it', (code, given) => {
    const answer = ask({ changes: [given] }, { change: recordId('a') });
    expect([answer.allow, answer.change, codes(answer)]).toEqual([false, null, [code]]);
  });

  test('[REL-46] every reason is told', () => {
    const bad = change('a', { approved: false, window: null });
    const answer = ask({ changes: [bad], freezes: [freeze()] });
    expect(codes(answer)).toEqual(['not-approved', 'outside-window', 'frozen']);
    expect(answer.reasons[2]).toMatchObject({ name: 'Year end', until: NOW + HOUR, blocks: true });
    expect(codes(ask({}))).toEqual(['no-change']);
    expect(codes(ask({}, { service: serviceId('moon') }))).toEqual(['unknown-service']);
  });

  test('[REL-46] a freeze stops its services and environments, while it lasts', () => {
    const passes = (other: Partial<Freeze>) =>
      ask({ changes: [change('a')], freezes: [freeze(other)] }).allow;
    expect(passes({})).toBe(false);
    expect(passes({ services: [VPN], environments: ['production'] })).toBe(false);
    expect(passes({ services: [OTHER] })).toBe(true);
    expect(passes({ environments: ['test'] })).toBe(true);
    expect(passes({ endsAt: NOW })).toBe(true);
    expect(passes({ beginsAt: NOW + 1 })).toBe(true);
  });

  test('[REL-47] a soft freeze is told and does not stop', () => {
    const answer = ask({ changes: [change('a')], freezes: [freeze({ isHard: false })] });
    expect(answer).toMatchObject({
      allow: true,
      change: 'a',
      reasons: [{ code: 'release/frozen', blocks: false }],
    });
  });

  test('[REL-46] it never passes but by an approved change in its window without a hard freeze', () => {
    const at = fc.integer({ min: -3, max: 3 }).map((hours) => NOW + hours * HOUR);
    const span = fc
      .tuple(at, at)
      .map(([one, other]) => ({ beginsAt: Math.min(one, other), endsAt: Math.max(one, other) }));
    const services = fc.subarray([VPN, OTHER]);
    const changes = fc.array(
      fc.record({
        id: fc.constantFrom('a', 'b', 'c').map(recordId),
        number: fc.constant(null),
        services,
        standing: fc.constantFrom('open' as const, 'closed' as const, 'inactive' as const),
        approved: fc.boolean(),
        window: fc.option(span),
      }),
      { maxLength: 4 },
    );
    const freezes = fc.array(
      fc
        .tuple(span, fc.boolean(), fc.option(services))
        .map(([when, isHard, of]) => freeze({ ...when, isHard, services: of })),
      { maxLength: 2 },
    );
    const named = fc.option(fc.constantFrom('a', 'b', 'c').map(recordId), { nil: undefined });
    fc.assert(
      fc.property(changes, freezes, named, (given, frozen, which) => {
        const unique = given.filter(({ id }, n) => given.findIndex((each) => each.id === id) === n);
        const during = (one: { beginsAt: number; endsAt: number }) => one.beginsAt <= NOW && NOW < one.endsAt;
        const isFrozen = frozen.some(
          (one) => one.isHard && during(one) && (one.services?.includes(VPN) ?? true),
        );
        const fit = unique.some(
          (one) =>
            one.approved &&
            one.standing === 'open' &&
            one.services.includes(VPN) &&
            one.window !== null &&
            during(one.window) &&
            (which === undefined || one.id === which),
        );
        expect(ask({ changes: unique, freezes: frozen }, { change: which }).allow).toBe(fit && !isFrozen);
      }),
    );
  });
});
