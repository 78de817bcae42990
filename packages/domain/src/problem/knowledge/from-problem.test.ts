import { describe, expect, test } from 'vitest';
import { recordId } from '../../shared/index.ts';
import { VPN } from '../../shared/test-support/organisation.ts';
import { Desk, FIELDS, FOUND } from '../test-problem.ts';
import { draftOfProblem } from './from-problem.ts';

describe('a known error that is written about a problem', () => {
  const made = () => {
    const desk = new Desk();
    const fields = { ...FIELDS, items: [VPN], workaround: 'Connect again' };
    desk.do('ana', { verb: 'create', fields, incidents: [], origin: FOUND });
    return desk;
  };

  test('[PRB-65] begins with its words, and with no cause while nobody picked one', () => {
    const desk = made();
    desk.do('ana', { verb: 'add-factor', factor: recordId('f1'), text: 'Old firmware' });
    expect(draftOfProblem(desk.at())).toEqual({
      ...{ title: FIELDS.title, service: VPN, items: [VPN] },
      ...{ workaround: 'Connect again', cause: '' },
    });
  });

  test('[PRB-65] begins with the root cause', () => {
    const desk = made();
    desk.do('ana', { verb: 'state-cause', factor: recordId('f1'), text: 'A lease of one hour' });
    expect(draftOfProblem(desk.at()).cause).toBe('A lease of one hour');
  });
});
