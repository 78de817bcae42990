import { describe, expect, test } from 'vitest';
import { personId, recordId, serviceId } from '../shared/index.ts';
import type { ReleaseEvent } from './acts.ts';
import { RELEASE_TRANSITIONS } from './lifecycle.ts';
import { RELEASE_STATES } from './release.ts';
import {
  PHASES,
  step,
  FIELDS,
  HOUR,
  NOW,
  Night,
  change,
  changeId,
  deploying,
  drafted,
  ready,
  refusedFor,
} from './test-night.ts';

describe('who may', () => {
  test('[REL-1] a release answers those who may not read like one that is not there', () => {
    const night = drafted();
    const hidden = night.run('rita', { verb: 'edit', fields: { title: 'x' } });
    expect(new Night().run('rita', { verb: 'edit', fields: { title: 'x' } })).toEqual(hidden);
    expect(hidden).toMatchObject(refusedFor('no-such-release'));
    expect(new Night().run('rita', { verb: 'create', fields: FIELDS })).toMatchObject(
      refusedFor('no-such-release'),
    );
  });

  test('[REL-2] agents plan, team leads move it on, and only the system notes alarms', () => {
    const night = drafted();
    expect(night.run('ana', { verb: 'transition', to: 'planning' })).toMatchObject(
      refusedFor('not-permitted', { permission: 'release.manage' }),
    );
    expect(night.run('ana', { verb: 'edit', fields: { title: 'Autumn' } }).ok).toBe(true);
    expect(night.run('lea', { verb: 'note-alarm', incident: recordId('i') })).toMatchObject(
      refusedFor('not-permitted'),
    );
  });
});

describe('who is named', () => {
  test('[REL-2] nobody who is gone, or may not read releases', () => {
    for (const name of ['gone', 'rita', 'nobody'] as const) {
      const person = personId(name);
      const gate = { id: 'g', name: 'Signed', rule: { kind: 'sign-offs', people: [person] } } as const;
      const phases = PHASES.map((phase) => ({ ...phase, gates: phase.id === 'planning' ? [gate] : [] }));
      const unfit = refusedFor('unknown-person', { person });
      expect(drafted().run('ana', { verb: 'edit', fields: { owner: person } })).toMatchObject(unfit);
      expect(drafted().run('ana', { verb: 'add-steps', steps: [step(1, { owner: person })] })).toMatchObject(
        unfit,
      );
      expect(drafted().run('lea', { verb: 'plan-phases', phases })).toMatchObject(unfit);
      expect(ready().run('lea', { verb: 'open-roll-call', leads: [person], quorum: 1 })).toMatchObject(unfit);
    }
  });
});

describe('what is released', () => {
  test.each([
    [{ title: ' ' }, 'missing-field', { field: 'title' }],
    [{ title: 'x'.repeat(300) }, 'invalid-value', { field: 'title' }],
    [{ hypercareHours: -1 }, 'invalid-value', { field: 'hypercareHours' }],
    [{ services: [serviceId('moon')] }, 'unknown-service', { service: 'moon' }],
    [{ owner: personId('gone') }, 'unknown-person', { person: 'gone' }],
    [{ endsAt: FIELDS.beginsAt }, 'end-before-begin', {}],
    [{ beginsAt: 1.5 }, 'invalid-value', { field: 'beginsAt' }],
  ] as const)('[REL-3] %o is refused', (fault, code, facts) => {
    const expected = refusedFor(code, facts);
    expect(new Night().run('ana', { verb: 'create', fields: { ...FIELDS, ...fault } })).toMatchObject(
      expected,
    );
    expect(drafted().run('ana', { verb: 'edit', fields: fault })).toMatchObject(expected);
  });

  test('[REL-3] an id makes one release only, with the number that the server gives', () => {
    const night = drafted();
    expect(night.run('ana', { verb: 'create', fields: FIELDS })).toMatchObject(refusedFor('already-exists'));
    expect(night.it).toMatchObject({ number: 'REL-2026-00001', state: 'draft', madeBy: 'ana' });
  });

  test('[REL-4] hundreds of changes are added and removed in one act each', () => {
    const changes = Array.from({ length: 500 }, (_, n) => change(n));
    const night = drafted().with(...changes);
    expect(night.it.members).toHaveLength(500);
    night.do('ana', { verb: 'remove-changes', changes: changes.slice(0, 499).map(({ id }) => id) });
    expect(night.it.members).toEqual([changeId(499)]);
  });

  test('[REL-4] two who add at once have both added, and what is not known adds nothing', () => {
    const night = drafted().with(change(1), change(2));
    const basis = night.it.version - 1;
    night.changes.set(changeId(3), change(3));
    const both = { verb: 'add-changes', changes: [changeId(2), changeId(3)] } as const;
    expect(night.run('bo', both, { basis }).ok).toBe(true);
    expect(night.it.members).toEqual([1, 2, 3].map(changeId));
    expect(night.run('cem', both, { basis })).toMatchObject({
      value: { superseded: { by: { person: 'bo' } } },
    });
    const unknown = { verb: 'add-changes', changes: [changeId(4), changeId(5)] } as const;
    night.changes.set(changeId(4), change(4));
    expect(night.run('ana', unknown)).toMatchObject(refusedFor('unknown-change', { change: changeId(5) }));
    expect(night.it.members).toHaveLength(3);
  });

  test('[REL-5] a package is made of units, which stay as long as it is there', () => {
    const night = drafted();
    const unit = { id: 'u', kind: 'unit', name: 'Portal', version: '4.1', parts: [] } as const;
    const box = { id: 'p', kind: 'package', name: 'Summer', version: '', parts: ['u'] } as const;
    expect(night.run('ana', { verb: 'set-unit', unit: box })).toMatchObject(
      refusedFor('invalid-value', { field: 'parts' }),
    );
    night.do('ana', { verb: 'set-unit', unit }).do('ana', { verb: 'set-unit', unit: box });
    expect(night.run('ana', { verb: 'remove-unit', unit: 'u' })).toMatchObject(refusedFor('invalid-value'));
    night.do('ana', { verb: 'set-unit', unit: { ...unit, version: '4.2' } });
    expect(night.it.units.map(({ version }) => version)).toEqual(['4.2', '']);
    night.do('ana', { verb: 'remove-unit', unit: 'p' }).do('ana', { verb: 'remove-unit', unit: 'u' });
    expect(night.it.units).toEqual([]);
  });

  test('[REL-6] from deployment on what is released is fixed, and its end may still be put right', () => {
    const night = deploying();
    night.changes.set(changeId(1), change(1));
    for (const act of [
      { verb: 'add-changes', changes: [changeId(1)] },
      { verb: 'set-unit', unit: { id: 'u', kind: 'unit', name: 'Portal', version: '', parts: [] } },
      { verb: 'edit', fields: { kind: 'major' } },
    ] as const)
      expect(night.run('ana', act)).toMatchObject(refusedFor('release-fixed', { state: 'deploying' }));
    expect(night.run('ana', { verb: 'edit', fields: { endsAt: NOW + 120 * HOUR } }).ok).toBe(true);
    expect(
      drafted()
        .to('cancelled')
        .run('ana', { verb: 'edit', fields: { title: 'x' } }),
    ).toMatchObject(refusedFor('release-fixed', { field: null }));
  });

  test('[REL-7] of two edits of a field the later stands, and the author of the first is told', () => {
    const night = drafted();
    const basis = night.it.version;
    night.do('ana', { verb: 'edit', fields: { title: 'Ana', label: 'a' } });
    const answer = night.run('bo', { verb: 'edit', fields: { title: 'Bo', kind: 'major' } }, { basis });
    expect(night.it).toMatchObject({ title: 'Bo', label: 'a', kind: 'major' });
    expect(answer).toMatchObject({
      value: {
        tell: [{ person: 'ana', kind: 'replaced', detail: { field: 'title', value: 'Ana', by: 'bo' } }],
      },
    });
  });
});

describe('its course', () => {
  test('[REL-8] any step outside the table is refused with those that there are', () => {
    for (const from of RELEASE_STATES) {
      const night = drafted();
      night.state = { ...night.it, state: from };
      const allowed = RELEASE_TRANSITIONS[from];
      for (const to of RELEASE_STATES.filter((each) => !allowed.includes(each))) {
        expect(night.run('lea', { verb: 'transition', to, reason: 'x' })).toMatchObject(
          refusedFor('no-such-transition', { from, to, allowed }),
        );
      }
    }
  });

  test('[REL-8] the whole way to the end, with a no-go that is asked anew', () => {
    const night = ready();
    expect(night.run('lea', { verb: 'transition', to: 'no_go' })).toMatchObject(
      refusedFor('missing-field', { field: 'reason' }),
    );
    night.to('no_go', 'ready');
    expect(night.it.rollCall).toBeNull();
    const there = deploying().do('lea', { verb: 'complete-phase', phase: 'deploying' });
    there.to('hypercare').through('hypercare').to('review', 'completed');
    expect(there.it).toMatchObject({ state: 'completed', deployingAt: NOW, hypercareAt: NOW, endedAt: NOW });
  });

  test('[REL-9] the same step is superseded, another one refused with who was first', () => {
    const night = drafted();
    const basis = night.it.version;
    night.do('lea', { verb: 'transition', to: 'planning' });
    expect(night.run('system', { verb: 'transition', to: 'planning' }, { basis })).toMatchObject({
      value: { events: [], superseded: { reason: 'already-done', by: { person: 'lea', at: NOW } } },
    });
    expect(
      night.run('system', { verb: 'transition', to: 'cancelled', reason: 'x' }, { basis }),
    ).toMatchObject(refusedFor('release-moved', { state: 'planning', by: 'lea', at: NOW }));
  });

  test('[REL-10] a stage is not left while a phase of it is open', () => {
    const night = drafted().to('planning');
    const leave = { verb: 'transition', to: 'building' } as const;
    expect(night.run('lea', leave)).toMatchObject(refusedFor('phases-open', { phases: ['planning'] }));
    night.do('lea', { verb: 'start-phase', phase: 'planning' });
    expect(night.run('lea', leave)).toMatchObject(refusedFor('phases-open'));
    night.do('lea', { verb: 'complete-phase', phase: 'planning' }).do('lea', leave);
    expect(night.it.state).toBe('building');
  });

  test('[REL-10] [REL-21] ready asks for gates that are met now, not when their phase ended', () => {
    const night = ready();
    night.state = { ...night.it, state: 'testing' };
    night.do('ana', { verb: 'report-check', check: 'tests', value: 10 });
    expect(night.run('lea', { verb: 'transition', to: 'ready' })).toMatchObject(
      refusedFor('not-ready', { phases: [], gates: ['tests'] }),
    );
  });

  test('[REL-48] an event that is not known counts, and changes nothing else', () => {
    const night = drafted();
    const { version, updatedAt, ...before } = night.it;
    night.record({ type: 'sung' } as unknown as ReleaseEvent, personId('ana'));
    expect(night.it).toEqual({ ...before, version: version + 1, updatedAt });
  });
});
