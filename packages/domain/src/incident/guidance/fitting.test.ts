import { describe, expect, test } from 'vitest';
import type { Runbook } from '../../shared/index.ts';
import { serviceId } from '../../shared/index.ts';
import { fittingRunbooks, stepsInOrder } from '../index.ts';

const MAIL = serviceId('mail');
const runbook = (name: string, when: Partial<Runbook> = {}): Runbook => ({
  id: name,
  version: 1,
  name,
  service: null,
  category: null,
  alert: null,
  steps: [],
  ...when,
});
const named = (runbooks: readonly Runbook[]) => runbooks.map(({ name }) => name);
const incident = { service: MAIL, category: 'Software', alerts: ['QueueFull'] };

describe('which runbooks fit', () => {
  test('[INC-90] all that a runbook states must hold; one that states nothing fits every incident', () => {
    const runbooks = [
      runbook('any'),
      runbook('mail', { service: MAIL }),
      runbook('other service', { service: serviceId('vpn') }),
      runbook('mail hardware', { service: MAIL, category: 'Hardware' }),
      runbook('queue', { alert: 'queuefull' }),
    ];
    expect(named(fittingRunbooks(runbooks, incident))).toEqual(['queue', 'mail', 'any']);
    expect(named(fittingRunbooks(runbooks, { service: null, category: null, alerts: [] }))).toEqual(['any']);
  });

  test('[INC-91] the most specific comes first: alert, service, category, then by name', () => {
    const runbooks = [
      runbook('b'),
      runbook('a'),
      runbook('category', { category: 'Software' }),
      runbook('service', { service: MAIL }),
      runbook('both', { service: MAIL, category: 'Software' }),
      runbook('alert', { alert: 'QueueFull' }),
    ];
    const expected = ['alert', 'both', 'service', 'category', 'a', 'b'];
    expect(named(fittingRunbooks(runbooks, incident))).toEqual(expected);
  });

  test('[INC-91] steps go by phase, within one as they were written', () => {
    const step = (id: string, phase: Runbook['steps'][number]['phase']) => ({
      id,
      phase,
      words: id,
      link: null,
    });
    const steps = [step('fix', 'fixing'), step('look', 'triage'), step('check', 'fixing')];
    expect(stepsInOrder({ steps }).map(({ id }) => id)).toEqual(['look', 'fix', 'check']);
  });
});
