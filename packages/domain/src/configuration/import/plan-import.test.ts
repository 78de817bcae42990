import { describe, expect, it } from 'vitest';
import { personId, teamId } from '../../shared/index.ts';
import { DEFAULT_CLASSES } from '../class/default-classes.ts';
import { planImport } from './plan-import.ts';

import { file, id, item, reasons, there } from '../test-support/imports.ts';

describe('the plan of an import', () => {
  it('[CFG-90] makes what is not there, changes what says otherwise and says how, and leaves the rest', () => {
    const plan = planImport(
      file([{ name: 'a', attributes: { memory_gb: 64 } }, { name: 'b' }, { name: 'c', criticality: 2 }]),
      there(
        [
          item('a', { attributes: { memory_gb: 32, vendor: 'Dell' } }),
          item('b', { attributes: { vendor: 'HP' } }),
        ],
        {
          known: new Map([
            ['a', id('a')],
            ['b', id('b')],
          ]),
        },
      ),
    );
    expect(plan.made.map((each) => each.id)).toEqual(['new c']);
    expect(plan.changed).toMatchObject([{ id: 'a', changes: [{ field: 'memory_gb', was: 32, is: 64 }] }]);
    expect(plan.left.map((each) => each.id)).toEqual(['b']);
    expect(plan.faults).toEqual([]);
  });

  it('[CFG-90] says what is retired here and in service in the file: it stays retired', () => {
    const retired = ['a', 'b', 'c', 'd'].map((name) => item(name, { state: 'retired' }));
    const rows = file([
      { name: 'a', state: 'in_service' },
      { name: 'b', state: 'in_service', criticality: 2 },
      { name: 'c', state: 'retired' },
      { name: 'd' },
    ]);
    const plan = planImport(
      rows,
      there(retired, { known: new Map(retired.map(({ id: each, name }) => [name, each])) }),
    );
    const reason = 'it is retired here and stays so, though it is in service in the file';
    expect(plan.partly).toEqual([
      { line: 1, what: 'a', reason },
      { line: 2, what: 'b', reason },
      { line: 4, what: 'd', reason: 'it is retired here and stays so, though it is in the file' },
    ]);
    expect([plan.left.length, plan.changed.length, plan.faults]).toEqual([3, 1, []]);
  });

  it('[CFG-110] says of an item that is in another state here than in the file, and moves it nowhere', () => {
    const known = new Map(['a', 'b', 'c'].map((name) => [name, id(name)]));
    const items = [item('a'), item('b', { state: 'retired' }), item('c', { state: 'maintenance' })];
    const rows = file([
      { name: 'a', state: 'maintenance' },
      { name: 'b', state: 'disposed' },
      { name: 'c', state: 'maintenance' },
    ]);
    const plan = planImport(rows, there(items, { known }));
    expect(plan.partly.map(({ what, reason }) => `${what}: ${reason}`)).toEqual([
      'a: it is in service here and in maintenance in the file; no import moves it',
      'b: it is retired here and disposed in the file; no import moves it',
    ]);
    expect([plan.left.length, plan.faults]).toEqual([3, []]);
  });

  it('[CFG-90] leaves out how much an item needs of what it is related to where there is no such relation', () => {
    const redundancy = [
      { relation: 'fed_by', by: 'count', minimum: 1 },
      { relation: 'powered_by', by: 'count', minimum: 1 },
    ] as const;
    const plan = planImport(file([{ name: 'rack', redundancy }]), there());
    expect(plan.made.map(({ from }) => from.redundancy)).toEqual([[redundancy[1]]]);
    expect(plan.partly.map(({ what, reason }) => `${what}: ${reason}`)).toEqual([
      'rack: how much of what it hangs on it needs does not fit the relations that there are; that is left out',
    ]);
  });

  it('[CFG-93] [CFG-104] misses what was joined into another only when the file names neither any more', () => {
    const items = [item('web'), item('twin', { state: 'retired', sameAs: id('web') })];
    const known = new Map(['web', 'twin'].map((name) => [name, id(name)]));
    expect(planImport(file([{ name: 'web' }]), there(items, { known })).gone).toEqual([]);
    expect(planImport(file([{ name: 'other' }]), there(items, { known })).gone).toEqual(['web']);
  });

  it('[CFG-101] says of a row that is taken what of it could not be read, and of none that is refused', () => {
    const without = ['nobody here is called "Ann"'];
    const plan = planImport(
      file([
        { name: 'a', without },
        { name: '', key: 'b', without },
      ]),
      there(),
    );
    expect(plan.partly).toEqual([{ line: 1, what: 'a', reason: 'nobody here is called "Ann"' }]);
    expect(reasons(plan)).toEqual(['2 b: it has no name']);
  });

  it('[CFG-101] says who answers for an item, and leaves who does where the file does not say', () => {
    const known = new Map(['a', 'b'].map((name) => [name, id(name)]));
    const [ann, bo, net] = [personId('ann'), personId('bo'), teamId('net')];
    const present = there([item('a', { owner: bo, team: net }), item('b', { owner: bo })], { known });
    const plan = planImport(file([{ name: 'a', owner: ann, team: net }, { name: 'b' }]), present);
    expect(plan.changed).toMatchObject([{ id: 'a', changes: [{ field: 'owner', was: bo, is: ann }] }]);
    expect(plan.left).toMatchObject([{ id: 'b' }]);
  });

  it('[CFG-100] says beside which items of the same name and class it would make others', () => {
    const present = there([
      item('one', { name: 'Web  1' }),
      item('two', { name: 'web 1', class: 'application' }),
      item('three', { name: 'web 2', state: 'retired' }),
      item('four', { name: 'web 3' }),
    ]);
    const plan = planImport(
      file([{ name: 'db' }, { name: ' WEB 1 ' }, { name: 'web 2' }, { name: 'web 3' }]),
      { ...present, known: new Map([['web 3', id('four')]]) },
    );
    expect(plan.alike).toEqual([{ place: 1, there: 'one' }]);
    expect(plan.made).toHaveLength(3);
  });

  it('[CFG-92] says of each row that cannot be taken which it is and why, and takes the rest', () => {
    const plan = planImport(
      file(
        [
          { name: 'web', class: 'application' },
          { name: 'box', attributes: { memory_gb: 'many', colour: 'red' } },
          { name: 'dev', class: 'device' },
          { name: 'moon', class: 'rocket' },
          { name: '', key: 'nameless' },
          { name: 'web', class: 'application' },
          { name: 'srv' },
        ],
        [
          { line: 8, type: 'runs_on', from: 'web', to: 'srv' },
          { line: 9, type: 'runs_on', from: 'srv', to: 'web' },
          { line: 10, type: 'runs_on', from: 'web', to: 'box' },
          { line: 11, type: 'runs_on', from: 'web', to: 'srv' },
          { line: 12, type: 'hovers_over', from: 'web', to: 'srv' },
          { line: 13, type: 'contains', from: 'web', to: 'srv' },
          { line: 14, type: 'contains', from: 'srv', to: 'web' },
        ],
      ),
      there(),
    );
    expect(plan.made.map((each) => each.from.name)).toEqual(['web', 'srv']);
    expect(plan.related.map(({ type }) => type)).toEqual(['runs_on', 'contains']);
    expect(plan.relationsLeft).toBe(1);
    expect(reasons(plan)).toEqual([
      '2 box: "many" does not fit "memory_gb"; the class has no attribute "colour"',
      '3 dev: "device" is a class of classes; name one of its kinds',
      '4 moon: there is no class "rocket"',
      '5 nameless: it has no name',
      '6 web: "web" stands in the file twice; the first is taken',
      '9 srv runs on web: Server and Application are not related in this way',
      '10 web runs on box: "box" is not among what could be taken',
      '12 web hovers_over srv: there is no relation "hovers_over"',
      '14 srv contains web: it would close a circle of 2',
    ]);
  });

  it('[CFG-92] says of a relation to no row by what rows are told apart, where people chose it', () => {
    const relations = [{ line: 2, type: 'runs_on', from: 'web', to: 'gone' }];
    const named = { ...file([{ name: 'web', class: 'application' }], relations), keysCalled: 'Asset' };
    expect(reasons(planImport(named, there()))).toEqual([
      '2 web runs on gone: no row that could be taken has the Asset or the name "gone"',
    ]);
  });

  it('[CFG-92] makes no services, nothing that is gone and nothing that cannot be called so', () => {
    const plan = planImport(
      file([
        { name: 'Mail', class: 'service' },
        { name: 'old', state: 'retired' },
        { name: 'x'.repeat(1_000), key: 'long' },
      ]),
      there(),
    );
    expect(plan.made).toEqual([]);
    expect(plan.faults.map(({ line, reason }) => `${line} ${reason}`)).toEqual([
      '1 services are those of the directory; no import makes them',
      '2 it is retired in the file, and nothing is made to be gone',
      expect.stringMatching(/^3 its name has more than/),
    ]);
  });

  it('[CFG-93] takes text as it is kept: without what stands around it, and nothing for nothing', () => {
    const known = new Map([['a', id('a')]]);
    const present = there([item('a', { attributes: { vendor: 'Acme' } })], { known });
    const plan = planImport(file([{ name: 'a', attributes: { vendor: ' Acme ', model: ' ' } }]), present);
    expect(plan).toMatchObject({ made: [], changed: [], left: [{ id: 'a' }] });
  });

  it('[CFG-92] does not turn one item into another of a class that it is not of', () => {
    const known = new Map([['a', id('a')]]);
    const plan = planImport(file([{ name: 'a', class: 'database' }]), there([item('a')], { known }));
    expect(plan).toMatchObject({ made: [], changed: [], left: [] });
    expect(reasons(plan)).toEqual(['1 a: its class is Server here and Database in the file']);
  });

  it('[CFG-90] [CFG-2] asks a row for no required attribute that its item has already', () => {
    const classes = new Map(DEFAULT_CLASSES);
    const server = DEFAULT_CLASSES.get('server');
    if (server === undefined) throw new Error('no servers');
    const attributes = server.attributes.map((each) => ({ ...each, required: true }));
    classes.set('server', { ...server, attributes });
    const known = new Map(['a', 'b', 'c'].map((name) => [name, id(name)]));
    const items = [item('a', { attributes: { memory_gb: 64 } }), item('b'), item('c')];
    const rows = ['a', 'b', 'd'].map((name) => ({ name, attributes: { vendor: 'Dell' } }));
    const plan = planImport(file([...rows, { name: 'c' }]), there(items, { known, classes }));
    expect(plan.changed.map((each) => each.id)).toEqual(['a']);
    expect(plan.left.map((each) => each.id)).toEqual(['c']);
    expect(reasons(plan)).toEqual([
      '2 b: "memory_gb" is required and empty',
      '3 d: "memory_gb" is required and empty',
    ]);
  });

  it('[CFG-93] leaves the name of what its source does not name', () => {
    const known = new Map([['A1', id('a')]]);
    const rows = file([{ key: 'A1', name: 'A1', isNamedByKey: true, attributes: { memory_gb: 64 } }]);
    const { changed } = planImport(rows, there([item('a')], { known }));
    expect(changed.map(({ changes }) => changes)).toEqual([[{ field: 'memory_gb', was: null, is: 64 }]]);
  });

  it('[CFG-90] says of an item what it shows as changed and nothing else', () => {
    const known = new Map([['A1', id('a')]]);
    const values = { memory_gb: 64, serial: 'S1', vendor: ' ' };
    const rows = file([{ key: 'A1', name: 'A1', isNamedByKey: true, criticality: 2, attributes: values }]);
    const present = there([item('a', { attributes: { serial: 'S1' }, criticality: 3 })], { known });
    expect(planImport(rows, present).changed).toMatchObject([
      {
        changes: [{ field: 'criticality' }, { field: 'memory_gb' }],
        edit: { criticality: 2, attributes: { memory_gb: 64 } },
      },
    ]);
    const named = planImport(file([{ key: 'A1', name: ' b ' }]), present).changed;
    expect(named.map(({ edit }) => edit)).toEqual([{ name: 'b' }]);
  });

  it('[CFG-93] says what came from the source before and is not in it any more, and does nothing to it', () => {
    const known = new Map(['a', 'b', 'c'].map((name) => [name, id(name)]));
    const present = there([item('a'), item('b'), item('c', { state: 'retired' })], { known });
    const plan = planImport(file([{ name: 'a' }]), present);
    expect(plan.gone).toEqual(['b']);
    expect(plan).toMatchObject({ made: [], changed: [], related: [], faults: [] });
    // what could not be read is in it all the same
    expect(planImport({ ...file([{ name: 'a' }]), untaken: ['b'] }, present).gone).toEqual([]);
  });
});
