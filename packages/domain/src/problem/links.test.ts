import { describe, expect, test } from 'vitest';
import { recordId } from '../shared/index.ts';
import { incidentsIn, problemEventsWithoutHidden, problemWithoutHidden } from './hidden.ts';
import { FIELDS, FOUND, Desk, incident, open, opened, refusedFor } from './test-problem.ts';

const TELL = { verb: 'communicate-workaround' } as const;

describe('the workaround', () => {
  test('[PRB-11] goes to the open incidents, and to each once', () => {
    const desk = opened({}, [1, 2, 8]);
    expect(desk.run('ana', TELL)).toMatchObject(refusedFor('no-workaround'));
    desk.do('ana', { verb: 'edit', fields: { workaround: 'Restart it' } }).do('ana', TELL);
    expect(desk.at().told).toMatchObject({ text: 'Restart it', incidents: ['i1', 'i2'], by: 'ana' });
    expect(desk.run('bo', TELL)).toMatchObject(refusedFor('nobody-to-tell', { told: 2 }));
    desk.do('ana', { verb: 'link-incident', incident: incident(3) });
    expect(desk.run('bo', TELL)).toMatchObject({ value: { events: [{ incidents: ['i3'] }] } });
    expect(desk.at().told?.incidents).toEqual(['i1', 'i2', 'i3']);
  });

  test('[PRB-11] other words go to all of them again', () => {
    const desk = opened({ workaround: 'Restart it' }, [1]).do('ana', TELL);
    desk.do('ana', { verb: 'edit', fields: { workaround: 'Wait a minute' } });
    expect(desk.run('ana', TELL)).toMatchObject({ value: { events: [{ incidents: ['i1'] }] } });
  });

  test('[PRB-11] once it is that of a known error, their callers hear it too, and each once', () => {
    const desk = opened({ workaround: 'Restart it' }, [1, 8]).do('ana', TELL);
    expect(desk.at().told).not.toHaveProperty('callers');
    desk.do('ana', { verb: 'mark-known-error', known: true });
    expect(desk.run('bo', TELL)).toMatchObject({ value: { events: [{ incidents: [], callers: ['i1'] }] } });
    expect(desk.run('bo', TELL)).toMatchObject(refusedFor('nobody-to-tell', { told: 1 }));
    desk.do('ana', { verb: 'link-incident', incident: incident(2) }).do('ana', TELL);
    expect(desk.at().told).toMatchObject({ incidents: ['i1', 'i2'], callers: ['i1', 'i2'] });
    desk.do('ana', { verb: 'edit', fields: { workaround: 'Wait' } }).do('ana', TELL);
    expect(desk.at().told).toMatchObject({ text: 'Wait', callers: ['i1', 'i2'] });
  });

  test('[PRB-11] a known error has one', () => {
    const desk = opened();
    const known = { verb: 'mark-known-error', known: true } as const;
    expect(desk.run('ana', known)).toMatchObject(refusedFor('no-workaround'));
    expect(desk.run('system', known).ok).toBe(true);
    desk.do('ana', { verb: 'mark-known-error', known: false });
    desk.do('ana', { verb: 'edit', fields: { workaround: 'Restart it' } }).do('ana', known);
    expect(desk.at().knownError).toBe(true);
  });
});

describe('incidents that few may know of', () => {
  const isHidden = (id: string) => id === 'i1';

  test('[PRB-12] are not linked, and taken out by whoever may read them', () => {
    const desk = opened();
    const unknown = refusedFor('unknown-incident', { incident: 'i9' });
    expect(desk.run('ana', { verb: 'link-incident', incident: incident(9) })).toMatchObject(unknown);
    const create = { verb: 'create', fields: FIELDS, origin: FOUND, incidents: [incident(9)] } as const;
    expect(new Desk().run('ana', create)).toMatchObject(unknown);
    expect(desk.run('ana', { verb: 'unlink-incident', incident: incident(9) })).toMatchObject(
      refusedFor('nothing-to-change'),
    );
    expect(desk.run('ana', { verb: 'unlink-incident', incident: recordId('none') })).toMatchObject(
      refusedFor('unknown-incident'),
    );
    desk.do('ana', { verb: 'link-incident', incident: incident(1) });
    expect(desk.do('ana', { verb: 'unlink-incident', incident: incident(1) }).at().incidents).toEqual([]);
  });

  test('[PRB-12] are named in no record and no event, and stay counted', () => {
    const desk = new Desk()
      .do('ana', {
        verb: 'create',
        fields: { ...FIELDS, workaround: 'Restart it' },
        origin: { kind: 'incident', incident: incident(1), evidence: '' },
        incidents: [incident(2)],
      })
      .do('ana', { verb: 'mark-known-error', known: true })
      .do('ana', TELL)
      .do('ana', { verb: 'unlink-incident', incident: incident(1) })
      .do('ana', { verb: 'link-incident', incident: incident(1) })
      .do('ana', { verb: 'step', to: 'assess' });
    open(desk, {}, [], 'p2').do('ana', { verb: 'step', to: 'duplicate', into: recordId('p2') });
    const events = [...desk.history(), ...desk.history('p2')];
    expect(incidentsIn(events.map(({ event }) => event))).toEqual(['i1', 'i2']);
    const shown = problemEventsWithoutHidden(events, isHidden);
    expect(JSON.stringify(shown)).not.toContain('"i1"');
    expect(JSON.stringify(shown)).toContain('"i2"');
    expect(problemWithoutHidden(desk.at('p2'), isHidden).incidents).toEqual(['i2', null]);
    expect(JSON.stringify(problemWithoutHidden(desk.at('p1'), isHidden))).not.toContain('"i1"');
    expect(problemWithoutHidden(desk.at('p2'), () => false)).toBe(desk.at('p2'));
  });
});
