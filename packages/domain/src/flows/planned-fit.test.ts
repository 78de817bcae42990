import { describe, expect, it } from 'vitest';
import type { PlannedValue, PlannedWord } from '../change/index.ts';
import { DEFAULT_CONFIGURATION_RULES, DependencyMap } from '../configuration/index.ts';
import { personId, recordId } from '../shared/index.ts';
import type { ItemId } from '../shared/index.ts';
import { unfitOfPlanned } from './planned-fit.ts';

const [WEB, TWIN, APP, MAIL] = [recordId('web'), recordId('twin'), recordId('app'), recordId('mail')];
const { classes, types } = DEFAULT_CONFIGURATION_RULES;
const asked = classes.map((each) => ({
  ...each,
  attributes: each.attributes.map((one) => (one.id === 'vendor' ? { ...one, required: true } : one)),
}));
const server = { class: 'server', state: 'in_service', redundancy: [] } as const;
const governance = {
  classes: new Map(asked.map((each) => [each.id, each])),
  types: new Map(types.map((each) => [each.id, each])),
};
const map = new DependencyMap(governance.types, [
  { ...server, id: WEB },
  { ...server, id: TWIN, state: 'retired', sameAs: WEB },
  { ...server, id: APP, class: 'application' },
  { ...server, id: MAIL, class: 'service' },
]);
const ANA = personId('ana');
const directory = { people: new Map([[ANA, { active: true }]]), teams: new Map() } as never;

const unfit = (value: PlannedValue) => unfitOfPlanned(value, directory, { map, ...governance });
const field = (what: string, to: PlannedWord, item = WEB): PlannedValue => ({
  ...{ kind: 'field', item, field: what, was: null, to },
});
const values = (fault: object) => ({ why: { code: 'configuration/values-unfit', faults: [fault] } });

describe('what is planned for an item', () => {
  it('[CFG-130] is of the kind that its class asks for, and never empties what it must say', () => {
    const memory = { fault: 'invalid-attribute', attribute: 'memory_gb', value: 'lots' };
    expect(unfit(field('attribute:memory_gb', 'lots'))).toMatchObject({
      ...{ item: WEB, field: 'attribute:memory_gb', called: 'Memory (GB)' },
      ...values(memory),
    });
    expect(unfit(field('attribute:memory_gb', 'lots', TWIN))).toMatchObject(values(memory));
    expect(unfit(field('attribute:vendor', null))).toMatchObject(
      values({ fault: 'missing-attribute', attribute: 'vendor' }),
    );
    expect(unfit(field('attribute:colour', 'red'))).toMatchObject(
      values({ fault: 'unknown-attribute', attribute: 'colour' }),
    );
  });

  it('[CFG-130] names who and what there is, and steps as items do', () => {
    expect(unfit(field('name', '  '))).toMatchObject({ why: { code: 'configuration/invalid-value' } });
    expect(unfit(field('owner', 'nobody'))).toMatchObject({ why: { code: 'configuration/unknown-person' } });
    expect(unfit(field('team', 'nowhere'))).toMatchObject({ why: { code: 'configuration/unknown-team' } });
    expect(unfit(field('redundancy:nothing', 2))).toMatchObject({
      why: { code: 'configuration/invalid-value', field: 'redundancy' },
    });
    const step = (was: string, to: string) => unfit({ kind: 'step', item: WEB, was, to });
    expect(step('in_service', 'disposed')).toMatchObject({ why: { code: 'configuration/no-such-step' } });
    expect(step('in_service', 'lost')).toMatchObject({ why: { code: 'configuration/invalid-value' } });
    expect(step('in_service', 'retired')).toBeNull();
  });

  it('[CFG-130] is related as the classes of the two allow, and services are left to the directory', () => {
    const relate = (type: string, from: ItemId, to: ItemId) => unfit({ kind: 'relate', type, from, to });
    const why = (fault: object) => ({ why: { code: 'configuration/relation-unfit', fault } });
    expect(relate('nothing', APP, WEB)).toMatchObject(why({ fault: 'unknown-type' }));
    expect(relate('runs_on', WEB, APP)).toMatchObject({
      field: 'relation',
      ...why({ fault: 'not-allowed' }),
    });
    expect(relate('runs_on', APP, APP)).toMatchObject(why({ fault: 'to-itself', item: APP }));
    const left = [relate('runs_on', APP, WEB), relate('runs_on', APP, recordId('nowhere'))];
    expect([...left, relate('contains', TWIN, WEB)]).toEqual([null, null, null]);
    const step: PlannedValue = { kind: 'step', item: MAIL, was: 'in_service', to: 'retired' };
    const service = { why: { code: 'configuration/service-of-directory' } };
    expect(unfit(step)).toMatchObject({ field: 'state', ...service });
    expect(unfit(field('owner', ANA, MAIL))).toMatchObject({ field: 'owner', ...service });
  });

  it('[CFG-130] fits whatever else its item says or leaves out, and where the item is not known', () => {
    const fit = [
      ...[field('attribute:memory_gb', 128), field('attribute:colour', null), field('name', 'web-2')],
      ...[field('owner', ANA), field('owner', null), field('redundancy:powered_by', '60 %')],
      field('attribute:memory_gb', 'lots', recordId('nowhere')),
    ];
    expect(fit.map(unfit)).toEqual(fit.map(() => null));
  });
});
