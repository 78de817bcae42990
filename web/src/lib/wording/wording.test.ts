import { describe, expect, it } from 'vitest';
import { doneWords } from './acts.ts';
import { personId, recordId } from '@muster/domain/shared';
import type { Directory, TicketAct, TicketRefusalReason } from '@muster/domain/shared';
import { attentionWords } from './attention.ts';
import { inboxWords } from './inbox.ts';
import { refusalWords } from './refusals.ts';
import { sayFrom } from './say.ts';

const mara = personId('01J0000000000000000000MARA');
const record = recordId('01J000000000000000000000R1');
const noon = Date.UTC(2026, 10, 23, 12, 0, 0);

const directory: Directory = {
  people: new Map([
    [mara, { id: mara, name: 'Mara Lind', email: '', roles: [], teams: [], active: true, vip: false }],
  ]),
  teams: new Map(),
  services: new Map(),
  categories: [],
  matrix: { version: 1, rows: [] },
  calendars: new Map(),
  agreements: [],
  majorRules: [],
  runbooks: new Map(),
  schedules: new Map(),
  chains: new Map(),
};

const say = sayFrom({
  directory,
  me: 'me',
  reference: (id) => (id === record ? 'INC-2026-00042' : undefined),
  moment: (at) => (at === noon ? '12:00' : '?'),
});

describe('announcements in words', () => {
  it('says who moved one first, and what its author wanted', () => {
    const words = attentionWords(
      {
        kind: 'refused',
        act: null,
        announcement: { verb: 'step', to: 'cancelled' },
        detail: { code: 'desk/announcement-moved', state: 'in_progress', by: mara, at: noon },
      },
      say,
    );
    expect(words).toEqual({
      lost: 'You wanted to bring an announcement to cancelled',
      why: 'Mara Lind made it in progress at 12:00, before you. Look at it as it stands now.',
    });
  });

  it('names the field that is past changing', () => {
    const refusal = { code: 'desk/announcement-over', state: 'in_progress', field: 'begin' };
    expect(refusalWords(refusal, say)).toBe('While it is in progress, its begin cannot be changed.');
  });
});

describe('refusals in words', () => {
  it('says who claimed first and when', () => {
    expect(refusalWords({ code: 'incident/already-claimed', owner: mara, at: noon }, say)).toBe(
      'Mara Lind claimed it at 12:00, before you.',
    );
  });

  it('says where work goes on after a merge', () => {
    expect(refusalWords({ code: 'desk/not-open', state: 'merged', mergedInto: record }, say)).toBe(
      'It was merged into INC-2026-00042; work goes on there.',
    );
  });

  it('names the states that can be reached', () => {
    const refusal = {
      code: 'incident/no-such-transition',
      from: 'closed',
      to: 'on_hold',
      allowed: ['in_progress', 'new'],
    };
    expect(refusalWords(refusal, say)).toBe(
      'It is closed now and cannot become on hold from there. It can become in progress or new.',
    );
  });

  it('makes a sentence of every reason even when all facts are missing', () => {
    const reasons: readonly TicketRefusalReason[] = [
      'no-such-record',
      'not-permitted',
      'already-exists',
      'already-claimed',
      'already-owner',
      'not-open',
      'no-such-transition',
      'missing-field',
      'invalid-value',
      'unknown-person',
      'unknown-team',
      'unknown-service',
      'not-in-team',
      'caller-replied',
      'merge-self',
      'merge-cycle',
      'merge-into-merged',
      'merge-other-process',
      'already-linked',
      'not-linked',
      'already-sent',
      'time-not-ahead',
      'nothing-to-change',
      'review-state',
      'review-actions-open',
      'review-action-made',
      'keeps-out',
      'merge-wider',
      'call-state',
      'not-called',
      'no-chain',
    ];
    for (const reason of reasons) {
      const words = refusalWords({ code: `incident/${reason}` }, say);
      expect(words, reason).toMatch(/^[A-Z].*\.$/);
      expect(words, reason).not.toMatch(/undefined|null|\[object/);
    }
  });

  it('shows a code it does not know', () => {
    expect(refusalWords({ code: 'incident/from-tomorrow' }, say)).toContain('incident/from-tomorrow');
  });
});

describe('the attention tray in words', () => {
  it('says what was wanted, who came first, and when', () => {
    const detail = {
      by: { person: mara, at: noon, what: 'transitioned', detail: { to: 'resolved' } },
      reason: 'x',
    };
    const told = { kind: 'superseded', act: { verb: 'transition', to: 'on_hold' }, detail } as const;
    expect(attentionWords(told, say)).toEqual({
      lost: 'You wanted to make this on hold',
      why: 'Mara Lind made it resolved at 12:00, before this arrived.',
    });
  });

  it('says what was replaced and by whom', () => {
    const detail = { field: 'owner', value: mara, with: 'me', by: mara, at: noon };
    expect(attentionWords({ kind: 'replaced', act: null, detail }, say).lost).toBe(
      'You made Mara Lind the owner, and this was changed',
    );
  });
});

describe('who may read, in words', () => {
  it('names the team and the people, in acts, refusals and what came first', () => {
    const act = {
      verb: 'restrict',
      team: null,
      people: [mara, 'me'],
      reason: 'A leak.',
    } as unknown as TicketAct;
    expect(doneWords(act, say)).toBe('only for Mara Lind and you to read');
    const open = { verb: 'restrict', team: null, people: [], reason: '' } as const;
    expect(doneWords(open, say)).toBe('open to everybody on the staff');
    expect(refusalWords({ code: 'incident/keeps-out', people: [mara] }, say)).toMatch(
      /^This would keep out Mara Lind,/,
    );
    const detail = { by: { person: mara, at: noon, what: 'restricted', detail: {} }, reason: 'x' };
    expect(attentionWords({ kind: 'superseded', act: open, detail }, say)).toEqual({
      lost: 'You wanted to let everybody on the staff read this',
      why: 'Mara Lind changed who may read it at 12:00, before this arrived.',
    });
  });
});

describe('the inbox in words', () => {
  it('names who did it', () => {
    expect(inboxWords('assigned', { by: mara }, say)).toBe('Mara Lind gave this to you');
    const shift = { by: mara, name: 'Desk', from: noon, to: noon, takes: null };
    expect(inboxWords('swap-asked', shift, say)).toBe(
      'Mara Lind asks you to be on call from 12:00 to 12:00 (Desk)',
    );
    expect(inboxWords('shift-changed', { ...shift, isOn: false }, say)).toMatch(/it is not you any more$/);
  });
});

describe('schedules in words', () => {
  it('says that a schedule is full, and what makes room', () => {
    expect(refusalWords({ code: 'desk/too-many-open', most: 200 }, say)).toBe(
      'This schedule has 200 overrides and swaps that are not over, and takes no more. End or withdraw one first.',
    );
  });

  it('[DSK-136] [DSK-139] name the field and its layer, and who came first', () => {
    const field = { code: 'desk/invalid-value', field: 'people', layer: 'By day', value: 0 };
    expect(refusalWords(field, say)).toBe('Add somebody to the layer “By day”.');
    expect(refusalWords({ ...field, value: 99 }, say)).toBe(
      'In the layer “By day” the choice of people is not one that can be used.',
    );
    const detail = { code: 'desk/shift-taken', person: mara, by: mara, at: noon };
    const schedule = { verb: 'answer-swap', swap: 'x', accept: true } as const;
    expect(attentionWords({ kind: 'refused', act: null, schedule, detail }, say)).toEqual({
      lost: 'You wanted to accept a swap',
      why: 'Mara Lind changed this time at 12:00, before you: Mara Lind is on call then.',
    });
  });
});

describe('what an act did', () => {
  it('is said as done, not as an order', () => {
    expect(doneWords({ verb: 'transition', to: 'in_progress' }, say)).toBe('now in progress');
    expect(doneWords({ verb: 'edit', fields: { impact: 1, title: 'New' } }, say)).toBe(
      'impact, title changed',
    );
    expect(doneWords({ verb: 'claim' }, say)).toBe('taken on');
  });
});
