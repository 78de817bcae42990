import { describe, expect, test } from 'vitest';
import { servicesAlone } from '../change/test-support/services-alone.ts';
import type { Change, ChangeWindow } from '../change/index.ts';
import { BEGINS, ENDS, PEOPLE, freeze, normal } from '../change/test-board.ts';
import type { ReleaseEvent } from '../release/index.ts';
import { deploying, step, stepId } from '../release/test-night.ts';
import { recordId, serviceId } from '../shared/index.ts';
import type { RecordId } from '../shared/index.ts';
import { VPN } from '../shared/test-support/organisation.ts';
import { changeAtGate, changeInRelease, changesToBegin, mayDeploy, membersTouched } from './index.ts';
import type { GateWorld } from './index.ts';

const DEPENDENCIES = servicesAlone(PEOPLE.services);
const scheduled = normal('scheduled').it;

describe('a change in its release', () => {
  test('[FLW-30] it stands as open, closed, or inactive when called off or taken back', () => {
    const standing = (given: Partial<Change>) => changeInRelease({ ...scheduled, ...given }, [VPN]).standing;
    expect(standing({})).toBe('open');
    expect(standing({ state: 'review' })).toBe('open');
    expect(standing({ state: 'closed', result: 'issues' })).toBe('closed');
    expect(standing({ state: 'closed', result: 'backed_out' })).toBe('inactive');
    expect(standing({ state: 'cancelled' })).toBe('inactive');
    expect(changeInRelease(scheduled, [VPN])).toMatchObject({
      number: 'CHG-2026-00001',
      title: 'Renew the VPN',
      window: { beginsAt: BEGINS, endsAt: ENDS },
      items: [VPN],
      service: VPN,
    });
    expect(changeInRelease({ ...scheduled, ends: null, items: [] }, [])).toMatchObject({
      window: null,
      service: null,
    });
  });
});

describe('the gate for machines', () => {
  const world = (changes: readonly Change[], windows: readonly ChangeWindow[] = []): GateWorld => ({
    services: new Set(PEOPLE.services.keys()),
    changes,
    windows,
    dependencies: DEPENDENCIES,
    zone: 'UTC',
  });
  const question = { service: VPN, environment: 'production' };
  const during = BEGINS + 1;

  test.each([
    ['new', false],
    ['assess', false],
    ['authorize', false],
    ['scheduled', true],
    ['implement', true],
    ['review', false],
  ] as const)('[FLW-31] what stands at %s passes: %s', (state, passes) => {
    const change = normal(state).it;
    expect(changeAtGate(change, DEPENDENCIES).approved).toBe(passes);
    expect(mayDeploy(question, world([change]), during).allow).toBe(passes);
  });

  test('[FLW-31] nothing passes on hold, and a hard freeze holds the models that it is for', () => {
    const held = normal('scheduled').do('lea', { verb: 'hold', reason: 'Wait' }).it;
    expect(mayDeploy(question, world([held]), during)).toMatchObject({
      allow: false,
      reasons: [{ code: 'release/not-approved' }],
    });
    const frozen = (given: Partial<ChangeWindow>) => {
      const when = { zone: 'UTC', begins: local(BEGINS), ends: local(ENDS), repeats: null };
      const window = { ...freeze({ hard: true }), when, ...given };
      return mayDeploy(question, world([scheduled], [window]), during);
    };
    expect(frozen({})).toMatchObject({ allow: false, reasons: [{ code: 'release/frozen', blocks: true }] });
    expect(frozen({ models: ['normal'] }).allow).toBe(false);
    expect(frozen({ models: ['emergency'] })).toEqual({ allow: true, change: scheduled.id, reasons: [] });
    expect(frozen({ services: [serviceId('elsewhere')] }).allow).toBe(true);
    expect(frozen({ hard: false })).toMatchObject({ allow: true, reasons: [{ blocks: false }] });
    expect(frozen({ kind: 'maintenance' }).allow).toBe(true);
  });

  test('[FLW-31] of several changes the one that no freeze holds lets it pass', () => {
    const emergency = { ...scheduled, id: recordId('zz'), model: 'emergency' };
    const when = { zone: 'UTC', begins: local(BEGINS), ends: local(ENDS), repeats: null };
    const window = { ...freeze({ hard: true, models: ['normal'] }), when };
    expect(mayDeploy(question, world([scheduled, emergency], [window]), during)).toMatchObject({
      allow: true,
      change: 'zz',
    });
    const named = { ...question, change: scheduled.id };
    expect(mayDeploy(named, world([scheduled, emergency], [window]), during).allow).toBe(false);
  });
});

describe('changes of a release that is carried out', () => {
  const change = { ...scheduled, id: recordId('member') };
  const other = { ...scheduled, id: recordId('other') };
  const members = [change.id, other.id];
  const night = deploying(step(1));
  const release = {
    ...night.it,
    members,
    steps: night.it.steps.map((each) => ({ ...each, change: change.id })),
  };
  const all = (...changes: readonly Change[]) =>
    new Map<RecordId, Change>(changes.map((one) => [one.id, one]));
  const deploy: ReleaseEvent = { type: 'transitioned', from: 'go', to: 'deploying', reason: null };
  const started: ReleaseEvent = { type: 'step-started', step: stepId(1), at: BEGINS };

  test('[FLW-32] all begin whose window it is, and the one whose step begins', () => {
    expect(membersTouched(release, deploy)).toEqual(members);
    expect(membersTouched(release, started)).toEqual([change.id]);
    const begun = (event: ReleaseEvent, now: number, ...changes: readonly Change[]) =>
      changesToBegin(release, event, all(...changes), now).map(({ id }) => id);
    expect(begun(deploy, BEGINS, change, other)).toEqual(members);
    expect(begun(deploy, BEGINS - 1, change, other)).toEqual([]);
    expect(begun(deploy, ENDS, change, other)).toEqual([]);
    expect(begun(started, BEGINS, change, other)).toEqual([change.id]);
    expect(begun(started, BEGINS, { ...change, state: 'implement' })).toEqual([]);
    expect(begun(deploy, BEGINS, { ...change, state: 'authorize' }, other)).toEqual([other.id]);
    expect(changesToBegin({ ...release, state: 'testing' }, started, all(change), BEGINS)).toEqual([]);
  });

  test('[FLW-33] none is closed, reverted or cancelled by its release', () => {
    const ends = ['rolling_back', 'rolled_back', 'hypercare', 'review', 'completed', 'cancelled'] as const;
    for (const to of ends) {
      const event: ReleaseEvent = { type: 'transitioned', from: 'deploying', to, reason: 'so' };
      expect(membersTouched(release, event)).toEqual([]);
    }
  });
});

/** An instant as a window in UTC names it. */
function local(at: number): string {
  return new Date(at).toISOString().slice(0, 16);
}
