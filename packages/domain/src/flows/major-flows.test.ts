import { describe, expect, test } from 'vitest';
import { deciderOf } from '../index.ts';
import { recordId } from '../shared/index.ts';
import type { Directory, MajorRule, TicketAct } from '../shared/index.ts';
import { bringMajor } from '../shared/test-support/major.ts';
import { DIRECTORY, NETWORK, VPN, id } from '../shared/test-support/organisation.ts';
import { HOUR, Records, creating } from '../shared/test-support/records.ts';
import { CANCEL, CLOSE, HOLD_FOR_CALLER, REOPEN, RESOLVE, bring } from '../shared/test-support/walk.ts';
import { dueToClose, reactionsTo } from './index.ts';

const HOLD_FOR_CHANGE: TicketAct = {
  verb: 'transition',
  to: 'on_hold',
  holdReason: 'change',
  reason: 'Waits for CHG 7.',
};

/** What the last event of a record leads to, run as the server runs it. */
function react(records: Records, name: string): readonly string[] {
  const last = records.history(name).at(-1);
  if (last === undefined) throw new Error('nothing happened');
  const related = new Map(records.all.map((ticket) => [ticket.id, ticket]));
  const around = { related, directory: records.directory };
  return reactionsTo(last, records.ticket(name), around).map(({ process, target, act }) => {
    expect(records.run('system', process, target, act).ok).toBe(true);
    return `${act.verb} ${target}`;
  });
}

const RULE: MajorRule = {
  id: 'vpn',
  name: 'The way in for everybody',
  criticality: 2,
  priority: 1,
  moreChildrenThan: null,
  then: 'propose',
  severity: 2,
};

function withRule(change: Partial<MajorRule> = {}): Records {
  const team = { id: NETWORK, name: 'Network', members: [id('ana'), id('lea')], lead: id('lea') };
  const directory: Directory = {
    ...DIRECTORY,
    teams: new Map([...DIRECTORY.teams, [NETWORK, team]]),
    majorRules: [{ ...RULE, ...change }],
  };
  return new Records(deciderOf, directory);
}

const WORST = { impact: 1, urgency: 1 } as const;

describe('rules that make major incidents', () => {
  test('[FLW-6] an incident that meets a rule is proposed, when it is made or when it changes', () => {
    const records = withRule();
    records.run('ana', 'incident', 'i1', creating('incident', WORST));
    expect(react(records, 'i1')).toEqual(['propose-major i1']);
    expect(records.ticket('i1').major).toMatchObject({ state: 'proposed', severity: 2, rule: 'vpn' });
    records.run('ana', 'incident', 'i2', creating('incident'));
    expect(react(records, 'i2')).toEqual([]);
    records.run('ana', 'incident', 'i2', { verb: 'edit', fields: WORST });
    expect(react(records, 'i2')).toEqual(['propose-major i2']);
  });

  test('[FLW-6] all that a rule states must hold: the service, the priority, the number of children', () => {
    const records = withRule({ priority: null, moreChildrenThan: 1 });
    for (const name of ['i1', 'a', 'b']) bring(records, 'incident', name, 'new');
    const link = (target: string): TicketAct => ({ verb: 'link', kind: 'child', target: recordId(target) });
    records.run('ana', 'incident', 'i1', link('a'));
    expect(react(records, 'i1')).toEqual([]);
    records.run('ana', 'incident', 'i1', link('b'));
    expect(react(records, 'i1')).toEqual(['propose-major i1']);
    const elsewhere = withRule({ criticality: 1 });
    elsewhere.run('ana', 'incident', 'i1', creating('incident', WORST));
    expect(react(elsewhere, 'i1')).toEqual([]);
    const empty = withRule({ criticality: null, priority: null });
    empty.run('ana', 'incident', 'i1', creating('incident', WORST));
    expect(react(empty, 'i1')).toEqual([]);
  });

  test('[FLW-6] a rule that declares gives the command to the team’s lead, and proposes where nobody can take it', () => {
    const records = withRule({ then: 'declare' });
    records.run('ana', 'incident', 'i1', creating('incident', { ...WORST, team: NETWORK }));
    expect(react(records, 'i1')).toEqual(['propose-major i1', 'accept-major i1']);
    expect(records.ticket('i1').major).toMatchObject({
      state: 'accepted',
      roles: [{ role: 'commander', person: id('lea') }],
    });
    const leaderless = new Records(deciderOf, {
      ...DIRECTORY,
      majorRules: [{ ...RULE, then: 'declare' }],
    });
    leaderless.run('ana', 'incident', 'i1', creating('incident', WORST));
    expect(react(leaderless, 'i1')).toEqual(['propose-major i1']);
  });

  test('[FLW-7] no rule proposes a child, an import, a request or what people decided before', () => {
    const records = withRule();
    bring(records, 'incident', 'parent', 'new');
    bring(records, 'incident', 'child', 'new');
    const link: TicketAct = { verb: 'link', kind: 'parent', target: recordId('parent') };
    records.run('ana', 'incident', 'child', link);
    records.run('ana', 'incident', 'child', { verb: 'edit', fields: WORST });
    expect(react(records, 'child')).toEqual([]);
    records.run('ana', 'incident', 'brought', creating('incident', { ...WORST, channel: 'import' }));
    expect(react(records, 'brought')).toEqual([]);
    records.run('ana', 'desk', 'r1', creating('desk', { ...WORST, service: VPN }));
    expect(react(records, 'r1')).toEqual([]);
    records.run('ana', 'incident', 'i1', creating('incident', WORST));
    react(records, 'i1');
    records.run('lea', 'incident', 'i1', { verb: 'reject-major', reason: 'A test.' });
    records.run('ana', 'incident', 'i1', { verb: 'edit', fields: { title: 'VPN is down' } });
    expect(react(records, 'i1')).toEqual([]);
  });

  test('[FLW-8] time closes no major incident, and a demoted one as any other', () => {
    const records = new Records(deciderOf);
    bringMajor(records, 'i1');
    records.run('ana', 'incident', 'i1', RESOLVE);
    const later = records.now + 99 * 24 * HOUR;
    expect(dueToClose(records.ticket('i1'), later)).toBeNull();
    records.run('lea', 'incident', 'i1', { verb: 'demote-major', reason: 'It was one laptop.' });
    expect(dueToClose(records.ticket('i1'), later)).toEqual(CLOSE);
  });
});

describe('tickets that are no incidents', () => {
  test('[INC-21] a request is no major incident', () => {
    const records = new Records(deciderOf);
    bring(records, 'desk', 'r1', 'new');
    expect(
      records.run('system', 'desk', 'r1', { verb: 'propose-major', severity: 1, reason: 'x' }),
    ).toMatchObject({
      refusal: { code: 'desk/unknown-act', verb: 'propose-major' },
    });
    expect(records.run('ana', 'desk', 'r2', creating('desk', { major: { severity: 1 } }))).toMatchObject({
      refusal: { code: 'desk/invalid-value', field: 'major' },
    });
  });
});

describe('parents and children', () => {
  function family(child: string, parent = 'in_progress'): Records {
    const records = new Records(deciderOf);
    bring(records, 'incident', 'parent', parent);
    bring(records, 'incident', 'child', child);
    const link: TicketAct = { verb: 'link', kind: 'child', target: recordId('child') };
    records.run('ana', 'incident', 'parent', link);
    return records;
  }

  test('[FLW-9] a parent that starts takes its children along, but not from a wait for their own caller', () => {
    const records = family('new', 'new');
    records.run('ana', 'incident', 'parent', { verb: 'transition', to: 'in_progress' });
    expect(react(records, 'parent')).toEqual(['transition child']);
    expect(records.ticket('child').state).toBe('in_progress');
    const waiting = family('on_hold', 'new');
    waiting.run('ana', 'incident', 'parent', { verb: 'transition', to: 'in_progress' });
    expect(react(waiting, 'parent')).toEqual([]);
  });

  test('[FLW-9] waits for a change are copied with their reason, waits for the caller are not', () => {
    const records = family('in_progress');
    records.run('ana', 'incident', 'parent', HOLD_FOR_CHANGE);
    react(records, 'parent');
    expect(records.ticket('child')).toMatchObject({ state: 'on_hold', holdReason: 'change' });
    records.run('ana', 'incident', 'parent', { verb: 'transition', to: 'in_progress' });
    react(records, 'parent');
    expect(records.ticket('child').state).toBe('in_progress');
    records.run('ana', 'incident', 'parent', HOLD_FOR_CALLER);
    expect(react(records, 'parent')).toEqual([]);
  });

  test('[FLW-10] resolving resolves the children with the same notes, closing and cancelling leave them', () => {
    const records = family('in_progress');
    records.run('ana', 'incident', 'parent', RESOLVE);
    react(records, 'parent');
    const { state, resolution } = records.ticket('child');
    expect([state, resolution]).toEqual(['resolved', { code: 'fixed', notes: 'New certificate.' }]);
    records.run('ana', 'incident', 'parent', CLOSE);
    expect(react(records, 'parent')).toEqual([]);
    const other = family('in_progress');
    other.run('ana', 'incident', 'parent', CANCEL);
    expect(react(other, 'parent')).toEqual([]);
  });

  test('[INC-131] what a restricted parent is resolved with is not told to whoever may read a child', () => {
    const records = family('in_progress');
    const restrict = { verb: 'restrict', team: NETWORK, people: [], reason: 'A leak.' } as const;
    records.run('ana', 'incident', 'parent', restrict);
    records.run('ana', 'incident', 'parent', RESOLVE);
    expect(react(records, 'parent')).toEqual([]);
    records.run('ana', 'incident', 'parent', REOPEN);
    records.run('ana', 'incident', 'child', restrict);
    records.run('ana', 'incident', 'parent', RESOLVE);
    expect(react(records, 'parent')).toEqual(['transition child']);
  });

  test('[FLW-11] staff who reopen a parent reopen its children, its caller does not', () => {
    const records = family('in_progress');
    records.run('ana', 'incident', 'parent', RESOLVE);
    react(records, 'parent');
    records.run('rita', 'incident', 'parent', REOPEN);
    expect(react(records, 'parent')).toEqual([]);
    expect(records.ticket('child').state).toBe('resolved');
    records.run('ana', 'incident', 'parent', RESOLVE);
    records.run('ana', 'incident', 'parent', REOPEN);
    expect(react(records, 'parent')).toEqual(['transition child']);
    expect(records.ticket('child')).toMatchObject({ state: 'in_progress', reopenCount: 1 });
  });
});
