import { encodeProblem, writeProblem } from '@muster/documents/problem';
import type { Problem } from '@muster/domain/problem';
import { recordId } from '@muster/domain/shared';
import type { RecordId, Role } from '@muster/domain/shared';
import { describe, expect, it } from 'vitest';
import { aProblem, problemsHere } from '../test-support/problem-desk.ts';

const [ONE, TWO, INCIDENT] = ['1', '2', '3'].map((end) => recordId(`01P0000000000000000000000${end}`)) as [
  RecordId,
  RecordId,
  RecordId,
];

const device = (role: Role, there: readonly Problem[]) => problemsHere(role, there, (id) => id === INCIDENT);

describe('problems on a device', () => {
  it('show own acts without a network, and name them by number, token and digits', () => {
    const { problems, acts } = device('team-lead', [aProblem(ONE)]);
    problems.run(ONE, { verb: 'step', to: 'assess' });
    problems.run(ONE, { verb: 'step', to: 'rca' });
    expect(problems.get(ONE)).toMatchObject({ state: 'rca', pending: 2 });
    expect(acts.types).toEqual(['problem.step', 'problem.step']);
    for (const reference of ['PRB-2026-00001', '1', problems.get(ONE)?.token ?? ''])
      expect(problems.find(reference)).toBe(ONE);
  });

  it('[PRB-11] refuse at once what the rules refuse here, unless the server may know better', async () => {
    const { problems, acts } = device('team-lead', [aProblem(ONE), aProblem(TWO, [null])]);
    const tell = { verb: 'communicate-workaround' } as const;
    expect(await problems.run(ONE, tell).kept).toMatchObject({
      refusal: { code: 'problem/nobody-to-tell' },
    });
    expect(acts.commands).toEqual([]);
    problems.run(TWO, tell);
    expect(acts.commands).toHaveLength(1);
  });

  it('[PRB-7] follow duplicates that they hold, and find the problems of an incident', () => {
    const { problems } = device('team-lead', [aProblem(ONE, [INCIDENT]), aProblem(TWO)]);
    expect(problems.ofIncident(INCIDENT).map(({ id }) => id)).toEqual([ONE]);
    problems.run(ONE, { verb: 'step', to: 'assess' });
    problems.run(ONE, { verb: 'step', to: 'duplicate', into: TWO });
    expect(problems.get(ONE)).toMatchObject({ state: 'duplicate', duplicateOf: TWO, incidents: [] });
  });

  it('take what arrives, and set aside what does not conform', () => {
    const { problems, board } = device('agent', [aProblem(ONE)]);
    writeProblem(board, { ...aProblem(TWO), title: 'Another' });
    expect(problems.all.map(({ title }) => title)).toEqual(['The tunnel drops', 'Another']);
    board.getMap('rows').set(ONE, [encodeProblem(aProblem(ONE))]);
    expect(problems.all.map(({ id }) => id)).toEqual([TWO]);
  });

  it('draw an analysis of thoughts that hang on each other, and take them back', () => {
    const { problems } = device('agent', [aProblem(ONE)]);
    const analysis = problems.openAnalysis(ONE);
    const first = analysis.add('why', 'It drops', {});
    const second = analysis.add('why', '', { parent: first });
    analysis.write(second, 'The lease ends');
    expect(analysis.trees('why')).toMatchObject([
      { text: 'It drops', branches: [{ text: 'The lease ends' }] },
    ]);
    analysis.hide(first, true);
    expect(analysis.trees('why')).toEqual([]);
    analysis.hide(first, false);
    expect(analysis.trees('why')).toHaveLength(1);
    analysis.close();
  });
});
