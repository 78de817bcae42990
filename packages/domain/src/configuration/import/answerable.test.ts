import { describe, expect, it } from 'vitest';
import { personId, teamId } from '../../shared/index.ts';
import type { Directory, Person } from '../../shared/index.ts';
import { stateCalled } from '../item/state-names.ts';
import { Answerable } from './answerable.ts';

const person = (id: string, name: string, active = true): [Person['id'], Person] => [
  personId(id),
  {
    ...{ id: personId(id), name, email: `${id}@desk.test` },
    ...{ roles: [], teams: [], active, vip: false },
  },
];
const team = (id: string, name: string) =>
  [teamId(id), { id: teamId(id), name, members: [], lead: null }] as const;

const DIRECTORY: Pick<Directory, 'people' | 'teams'> = {
  people: new Map([
    ...[person('ann', 'Ann Abel'), person('bo', 'Bo Berg'), person('bo2', 'Bo Berg')],
    person('cy', 'Cy Cole', false),
  ]),
  teams: new Map([team('net', 'Network'), team('dat', 'Data'), team('dat2', 'data')]),
};

describe('who answers for an item of a file', () => {
  it('[CFG-101] is found by mail address or exact name, and a team by its name', () => {
    const known = new Answerable(DIRECTORY);
    for (const said of ['Ann Abel', 'ANN@desk.test'])
      expect(known.owner(said)).toEqual({ ok: true, value: 'ann' });
    expect(known.owner('bo2@desk.test')).toEqual({ ok: true, value: 'bo2' });
    expect(known.team('network')).toEqual({ ok: true, value: 'net' });
  });

  it('[CFG-101] is not guessed: neither of two that are called so, nor who left, nor part of a name', () => {
    const known = new Answerable(DIRECTORY);
    const why = (said: string) => ({ ok: false, refusal: expect.stringContaining(said) as string });
    expect(known.owner('Bo Berg')).toEqual(why('several people are called "Bo Berg"'));
    for (const said of ['Ann', 'Cy Cole', 'cy@desk.test'])
      expect(known.owner(said)).toEqual(why(`nobody here is called "${said}"`));
    expect(known.team('Data')).toEqual(why('several teams are called "Data"'));
    expect(known.team('Nett')).toEqual(why('there is no team "Nett"'));
  });

  it('[CFG-101] is told to nobody who may not read the directory', () => {
    const unknown = new Answerable(null);
    const said = [unknown.owner('Ann Abel'), unknown.owner('Nobody'), unknown.team('Network')];
    expect(said.map((each) => (each.ok ? each.value : each.refusal))).toEqual([
      'you may not read the directory; no owner is read from the row',
      'you may not read the directory; no owner is read from the row',
      'you may not read the directory; no team is read from the row',
    ]);
  });
});

describe('the state of an item of a file', () => {
  it('[CFG-102] is read as it is called on the screen and as it is kept, in any case', () => {
    expect(stateCalled('in implementation')).toBe('implementation');
    expect(stateCalled('IN_SERVICE')).toBe('in_service');
    expect(stateCalled(' In-Stock ')).toBe('in_stock');
    expect(stateCalled('Maintenance')).toBe('maintenance');
    expect(stateCalled('asleep')).toBeUndefined();
  });
});
