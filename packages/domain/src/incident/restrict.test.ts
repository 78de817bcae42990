import { describe, expect, test } from 'vitest';
import type { TicketAct } from '../shared/index.ts';
import { asSeenBy, canRead, canReadAsStaff, recordId, teamId, undoOf } from '../shared/index.ts';
import { bringMajor } from '../shared/test-support/major.ts';
import { NETWORK, PAYROLL, actor, id } from '../shared/test-support/organisation.ts';
import { Records, creating } from '../shared/test-support/records.ts';
import { CLOSE, RESOLVE, bring } from '../shared/test-support/walk.ts';
import { incident } from './index.ts';

type Restrict = Extract<TicketAct, { verb: 'restrict' }>;

const restrict = (team: Restrict['team'], people: readonly string[] = [], reason = 'A leak.'): Restrict => ({
  verb: 'restrict',
  team,
  people: people.map(id),
  reason,
});
const OPEN: Restrict = { verb: 'restrict', team: null, people: [], reason: '' };

/** An incident of Rita's that nobody owns. */
function withIncident(): Records {
  const records = new Records(() => incident);
  bring(records, 'incident', 'i1', 'new');
  return records;
}

describe('who may read', () => {
  test('[INC-120] the team or the people named and the requester read it, and nobody else that it is there', () => {
    const records = withIncident();
    records.run('ana', 'incident', 'i1', restrict(null, ['ana', 'cem']));
    const readers = ['ana', 'bo', 'cem', 'lea'].filter((who) =>
      canReadAsStaff(actor(who), records.ticket('i1')),
    );
    expect(readers).toEqual(['ana', 'cem']);
    expect(canRead(actor('rita'), records.ticket('i1'))).toBe(true);
    for (const act of [{ verb: 'claim' }, OPEN, { verb: 'comment', text: 'psst' }] as const) {
      expect(records.run('lea', 'incident', 'i1', act)).toEqual({
        ok: false,
        refusal: { code: 'incident/no-such-record', record: 'i1' },
      });
    }
    records.run('ana', 'incident', 'i1', restrict(NETWORK, ['cem']));
    const all = ['ana', 'bo', 'cem', 'lea'].filter((who) => canReadAsStaff(actor(who), records.ticket('i1')));
    expect(all).toEqual(['ana', 'bo', 'cem', 'lea']);
    expect(records.ticket('i1')).toMatchObject({ restrictedTo: NETWORK, readers: ['cem'] });
  });

  test('[INC-120] whoever is named and asked for nothing else may work on it', () => {
    const records = withIncident();
    records.run('ana', 'incident', 'i1', restrict(null, ['ana', 'cem']));
    expect(records.run('cem', 'incident', 'i1', { verb: 'claim' }).ok).toBe(true);
    const assign: TicketAct = { verb: 'assign', team: null, owner: id('bo') };
    expect(records.run('cem', 'incident', 'i1', assign)).toMatchObject({
      refusal: { code: 'incident/invalid-value', field: 'owner', value: 'bo' },
    });
  });

  test('[INC-129] the requester does not read who else may', () => {
    const records = withIncident();
    records.run('ana', 'incident', 'i1', restrict(NETWORK, ['ana', 'cem']));
    expect(asSeenBy(actor('rita'), records.ticket('i1'))).toMatchObject({ restrictedTo: null, readers: [] });
    expect(asSeenBy(actor('cem'), records.ticket('i1')).readers).toEqual(['ana', 'cem']);
  });
});

describe('restricting', () => {
  test('[INC-121] needs a reason to keep anybody out, and none to open; the history keeps both', () => {
    const records = withIncident();
    expect(records.run('ana', 'incident', 'i1', restrict(NETWORK, [], ' '))).toMatchObject({
      refusal: { code: 'incident/missing-field', field: 'reason' },
    });
    records.run('ana', 'incident', 'i1', restrict(NETWORK, [], ' A leak. '));
    expect(records.history('i1').at(-1)?.event).toEqual({
      type: 'restricted',
      team: NETWORK,
      people: [],
      before: { team: null, people: [] },
      reason: 'A leak.',
      left: [],
    });
    expect(records.run('bo', 'incident', 'i1', OPEN).ok).toBe(true);
    expect(records.history('i1').at(-1)?.event).toMatchObject({ before: { team: NETWORK }, reason: null });
    expect(records.run('bo', 'incident', 'i1', OPEN)).toMatchObject({
      refusal: { code: 'incident/nothing-to-change' },
    });
  });

  test('[INC-121] is for staff who work on it, until it has ended', () => {
    const records = withIncident();
    expect(records.run('rita', 'incident', 'i1', restrict(NETWORK))).toMatchObject({
      refusal: { code: 'incident/not-permitted', permission: 'incident.work' },
    });
    for (const act of [{ verb: 'transition', to: 'in_progress' }, RESOLVE] as const)
      records.run('ana', 'incident', 'i1', act);
    expect(records.run('ana', 'incident', 'i1', restrict(NETWORK)).ok).toBe(true);
    records.run('ana', 'incident', 'i1', CLOSE);
    expect(records.run('ana', 'incident', 'i1', OPEN)).toMatchObject({
      refusal: { code: 'incident/not-open', state: 'closed' },
    });
  });

  test.each([
    [restrict(teamId('moon'), ['ana']), { code: 'incident/unknown-team', team: 'moon' }],
    [
      { ...restrict(null), people: ['nobody'] },
      { code: 'incident/unknown-person', person: 'nobody' },
    ],
    [restrict(null, ['ana', 'gone']), { code: 'incident/unknown-person', person: 'gone' }],
    [restrict(null, ['ana', 'rita']), { code: 'incident/invalid-value', field: 'people', value: 'rita' }],
    [
      { ...restrict(null), people: Array.from({ length: 51 }, (_, at) => `p${at}`) },
      { code: 'incident/invalid-value', field: 'people', value: 51 },
    ],
  ])('[INC-122] %o is refused', (act, refusal) => {
    expect(withIncident().run('ana', 'incident', 'i1', act as Restrict)).toEqual({ ok: false, refusal });
  });

  test('[INC-123] keeps its author and the owner among the readers', () => {
    const records = withIncident();
    records.run('bo', 'incident', 'i1', { verb: 'claim' });
    expect(records.run('ana', 'incident', 'i1', restrict(PAYROLL))).toEqual({
      ok: false,
      refusal: { code: 'incident/keeps-out', people: ['ana', 'bo'] },
    });
    expect(records.run('ana', 'incident', 'i1', restrict(PAYROLL, ['ana', 'bo'])).ok).toBe(true);
  });

  test('[INC-123] keeps whoever takes part in a major incident, and whom the command is offered to', () => {
    const records = new Records(() => incident);
    bringMajor(records, 'i1');
    records.run('lea', 'incident', 'i1', { verb: 'offer-command', to: id('bo') });
    records.run('lea', 'incident', 'i1', { verb: 'assign-role', role: 'expert', person: id('cem') });
    expect(records.run('ana', 'incident', 'i1', restrict(null, ['ana']))).toMatchObject({
      refusal: { code: 'incident/keeps-out', people: ['lea', 'cem', 'bo'] },
    });
    expect(records.run('ana', 'incident', 'i1', restrict(NETWORK, ['cem'])).ok).toBe(true);
  });

  test('[INC-124] ends the co-owning and watching of those it keeps out, for good', () => {
    const records = withIncident();
    records.run('ana', 'incident', 'i1', { verb: 'claim' });
    for (const who of ['bo', 'cem']) records.run(who, 'incident', 'i1', { verb: 'co-own' });
    for (const who of ['bo', 'lea']) records.run(who, 'incident', 'i1', { verb: 'watch' });
    records.run('ana', 'incident', 'i1', restrict(null, ['ana', 'cem']));
    expect(records.history('i1').at(-1)?.event).toMatchObject({ left: ['bo', 'lea'] });
    records.run('ana', 'incident', 'i1', OPEN);
    expect(records.ticket('i1')).toMatchObject({ coOwners: ['cem'], watchers: [] });
  });
});

describe('two restrictions at once', () => {
  test('[INC-125] one that lets in nobody whom the unseen one keeps out applies, and its author is told', () => {
    const records = withIncident();
    const basis = records.ticket('i1').version;
    records.run('lea', 'incident', 'i1', restrict(NETWORK));
    const answer = records.run('ana', 'incident', 'i1', restrict(null, ['ana', 'lea']), { basis });
    expect(answer).toMatchObject({
      value: {
        events: [{ type: 'restricted', people: ['ana', 'lea'] }],
        tell: [{ person: 'lea', kind: 'replaced', detail: { field: 'restrictedTo', by: 'ana' } }],
      },
    });
  });

  test('[INC-125] one that shuts out the author of the unseen one does not tell them', () => {
    const records = withIncident();
    const basis = records.ticket('i1').version;
    records.run('lea', 'incident', 'i1', restrict(NETWORK));
    const answer = records.run('ana', 'incident', 'i1', restrict(null, ['ana']), { basis });
    expect(answer).toMatchObject({ ok: true, value: { tell: [] } });
  });

  test('[INC-125] one that would let somebody in waits until its author has seen the other', () => {
    const records = withIncident();
    const basis = records.ticket('i1').version;
    records.run('lea', 'incident', 'i1', restrict(NETWORK));
    for (const act of [restrict(NETWORK, ['cem']), restrict(null, ['ana', 'cem'])]) {
      expect(records.run('ana', 'incident', 'i1', act, { basis })).toMatchObject({
        value: { events: [], superseded: { reason: 'restricted-meanwhile', by: { person: 'lea' } } },
      });
    }
    expect(records.run('ana', 'incident', 'i1', restrict(NETWORK, ['cem'])).ok).toBe(true);
  });

  test('[INC-125] the second of two equal ones is superseded', () => {
    const records = withIncident();
    const basis = records.ticket('i1').version;
    records.run('lea', 'incident', 'i1', restrict(null, ['lea', 'ana']));
    expect(records.run('ana', 'incident', 'i1', restrict(null, ['ana', 'lea']), { basis })).toMatchObject({
      value: { events: [], superseded: { reason: 'already-done' } },
    });
  });
});

describe('what else follows', () => {
  test('[INC-126] a record is made for readers of whom its author is one', () => {
    const records = new Records(() => incident);
    const make = (who: string, name: string, people: readonly string[]) =>
      records.run(who, 'incident', name, creating('incident', { readers: people.map(id) }));
    expect(make('ana', 'i1', ['cem'])).toEqual({
      ok: false,
      refusal: { code: 'incident/keeps-out', people: ['ana'] },
    });
    expect(make('ana', 'i1', ['cem', 'ana', 'cem']).ok).toBe(true);
    expect(records.ticket('i1').readers).toEqual(['cem', 'ana']);
    expect(canRead(actor('lea'), records.ticket('i1'))).toBe(false);
  });

  test('[INC-126] a proposal of a major incident is told to the managers who may read it', () => {
    const records = new Records(() => incident);
    const act = creating('incident', { readers: [id('ana')], major: { severity: 1 } });
    expect(records.run('ana', 'incident', 'i1', act)).toMatchObject({ ok: true, value: { tell: [] } });
  });

  test('[INC-127] it is taken back to what it replaced', () => {
    const records = withIncident();
    const before = records.ticket('i1');
    records.run('ana', 'incident', 'i1', restrict(NETWORK));
    const between = records.ticket('i1');
    expect(undoOf(restrict(NETWORK), before, between)).toEqual([OPEN]);
    records.run('ana', 'incident', 'i1', restrict(null, ['ana']));
    const undo = undoOf(restrict(null, ['ana']), between, records.ticket('i1'));
    expect(undo).toEqual([restrict(NETWORK)]);
    expect(undoOf(OPEN, between, before)).toBeNull();
    expect(records.run('ana', 'incident', 'i1', undo?.[0] ?? OPEN).ok).toBe(true);
  });

  test('[INC-130] it is not merged into what others may read', () => {
    const records = withIncident();
    bring(records, 'incident', 'i2', 'new');
    records.run('ana', 'incident', 'i1', restrict(NETWORK, ['cem']));
    const merge: TicketAct = { verb: 'merge', into: recordId('i2') };
    expect(records.run('ana', 'incident', 'i1', merge)).toEqual({
      ok: false,
      refusal: { code: 'incident/merge-wider', into: 'i2' },
    });
    records.run('ana', 'incident', 'i2', restrict(NETWORK, ['cem']));
    expect(records.run('ana', 'incident', 'i1', merge).ok).toBe(true);
  });
});
