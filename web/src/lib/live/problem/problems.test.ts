import { encodeProblem, seedProblemBoard, writeProblem } from '@muster/documents/problem';
import { problem as decider } from '@muster/domain/problem';
import type { Problem, ProblemEvent, ProblemFields } from '@muster/domain/problem';
import { personId, recordId } from '@muster/domain/shared';
import type { RecordId, Role } from '@muster/domain/shared';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { NOBODY, NOW, ana } from '../test-support/a-change.ts';
import { heldHere } from '../test-support/held-here.ts';
import { KeptActs } from '../test-support/kept-acts.ts';
import { Problems } from './problems.ts';

const [ONE, TWO, INCIDENT] = ['1', '2', '3'].map((end) => recordId(`01P0000000000000000000000${end}`)) as [
  RecordId,
  RecordId,
  RecordId,
];

const FIELDS: ProblemFields = {
  ...{ title: 'The tunnel drops', service: null, items: [], team: null, owner: null },
  ...{ impact: 2, urgency: 2, major: false, workaround: 'Connect again', fix: '' },
};

function made(id: RecordId, incidents: readonly (RecordId | null)[] = []): Problem {
  const event: ProblemEvent = {
    ...{ type: 'problem-opened', number: `PRB-2026-0000${id.slice(-1)}`, fields: FIELDS, incidents },
    ...{ priority: 3, matrixVersion: 1, origin: { kind: 'found', incident: null, evidence: '' } },
  };
  const recorded = { ...{ seq: 1, version: 1, event, at: NOW, clientAt: NOW }, actor: personId('bo') };
  return decider.evolve(null, recorded, id);
}

function device(role: Role, there: readonly Problem[]) {
  const [board, room, acts] = [new Y.Doc(), new Y.Doc(), new KeptActs()];
  seedProblemBoard(board);
  for (const it of there) writeProblem(board, it);
  const problems = new Problems({
    ...{ outbox: acts, actor: ana(role), directory: () => NOBODY, knowsOrganisation: () => true },
    ...{ now: () => NOW, deviceNow: () => NOW, isLive: () => true },
    ...{ mayReadIncident: () => true, isOpen: (id) => id === INCIDENT },
    shelf: { open: () => heldHere(room), retryForbidden: () => undefined },
  });
  problems.follow(heldHere(board));
  return { problems, acts, board };
}

describe('problems on a device', () => {
  it('show own acts without a network, and name them by number, token and digits', () => {
    const { problems, acts } = device('team-lead', [made(ONE)]);
    problems.run(ONE, { verb: 'step', to: 'assess' });
    problems.run(ONE, { verb: 'step', to: 'rca' });
    expect(problems.get(ONE)).toMatchObject({ state: 'rca', pending: 2 });
    expect(acts.types).toEqual(['problem.step', 'problem.step']);
    for (const reference of ['PRB-2026-00001', '1', problems.get(ONE)?.token ?? ''])
      expect(problems.find(reference)).toBe(ONE);
  });

  it('[PRB-11] refuse at once what the rules refuse here, unless the server may know better', async () => {
    const { problems, acts } = device('team-lead', [made(ONE), made(TWO, [null])]);
    const tell = { verb: 'communicate-workaround' } as const;
    expect(await problems.run(ONE, tell).kept).toMatchObject({
      refusal: { code: 'problem/nobody-to-tell' },
    });
    expect(acts.commands).toEqual([]);
    problems.run(TWO, tell);
    expect(acts.commands).toHaveLength(1);
  });

  it('[PRB-7] follow duplicates that they hold, and find the problems of an incident', () => {
    const { problems } = device('team-lead', [made(ONE, [INCIDENT]), made(TWO)]);
    expect(problems.ofIncident(INCIDENT).map(({ id }) => id)).toEqual([ONE]);
    problems.run(ONE, { verb: 'step', to: 'assess' });
    problems.run(ONE, { verb: 'step', to: 'duplicate', into: TWO });
    expect(problems.get(ONE)).toMatchObject({ state: 'duplicate', duplicateOf: TWO, incidents: [] });
  });

  it('take what arrives, and set aside what does not conform', () => {
    const { problems, board } = device('agent', [made(ONE)]);
    writeProblem(board, { ...made(TWO), title: 'Another' });
    expect(problems.all.map(({ title }) => title)).toEqual(['The tunnel drops', 'Another']);
    board.getMap('rows').set(ONE, [encodeProblem(made(ONE))]);
    expect(problems.all.map(({ id }) => id)).toEqual([TWO]);
  });

  it('draw an analysis of thoughts that hang on each other, and take them back', () => {
    const { problems } = device('agent', [made(ONE)]);
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
