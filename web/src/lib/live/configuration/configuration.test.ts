import { writeConfigurationRules, writeItemRow, writeRelationRow } from '@muster/documents/configuration';
import { DEFAULT_CONFIGURATION_RULES, impactOf } from '@muster/domain/configuration';
import { personId, recordId, serviceId } from '@muster/domain/shared';
import type { Actor } from '@muster/domain/shared';
import { describe, expect, it } from 'vitest';
import { NOBODY } from '../test-support/a-change.ts';
import { NOW, anItem, heldConfiguration } from '../test-support/a-configuration.ts';
import { heldHere } from '../test-support/held-here.ts';
import type { Configuration } from './configuration.ts';

const ME = personId('ana');
const actor: Actor = {
  ...{ id: ME, name: 'Ana', teams: [] },
  permissions: new Set(['configuration.read', 'configuration.work']),
};
const MAIL = serviceId('mail');
const [APP, HOST] = ['01A00000000000000000000APP', '01A0000000000000000000HOST'].map(recordId) as [
  never,
  never,
];

const item = anItem;

function opened() {
  const services = new Map([[MAIL, { id: MAIL, name: 'E-mail', team: null, criticality: 2 as const }]]);
  const held = heldConfiguration(actor, { ...NOBODY, services }, [
    item(APP, 'Shop', 'application'),
    item(HOST, 'Host', 'server'),
  ]);
  writeRelationRow(held.doc, 1, { id: '01R0000000000000000000REL1', type: 'runs_on' }, { from: 1, to: 2 });
  writeRelationRow(
    held.doc,
    2,
    { id: '01R0000000000000000000REL2', type: 'depends_on' },
    { from: MAIL, to: 1 },
  );
  return held;
}

const falls = (live: Configuration) => [...impactOf(live.map, { down: [HOST] }).down.keys()];

describe('the configuration on this device', () => {
  it('is one map of the items of the board and the services of the directory', () => {
    const { live } = opened();
    expect(falls(live)).toEqual([HOST, APP, MAIL]);
    expect([live.nameOf(MAIL), live.nameOf(APP)]).toEqual(['E-mail', 'Shop']);
    expect(live.search('sh')).toEqual([APP]);
    expect(live.search('server')).toEqual([HOST]);
  });

  it('follows what others change, entry by entry', () => {
    const { live, doc } = opened();
    const before = live.revision;
    writeItemRow(doc, 1, { ...item(APP, 'Shop 2', 'application'), version: 2, state: 'retired' });
    expect(live.nameOf(APP)).toBe('Shop 2');
    expect(falls(live)).toEqual([HOST]);
    expect(live.revision).toBeGreaterThan(before);
  });

  it('works nothing out anew when its documents are held otherwise and say the same', () => {
    const { live, doc, rules } = opened();
    const listeners: (() => void)[] = [];
    const heard = (of: typeof doc) => ({
      ...heldHere(of),
      onChange: (listener: () => void) => {
        listeners.push(listener);
        return () => undefined;
      },
    });
    live.follow(heard(doc), heard(rules));
    const [map, revision] = [live.map, live.revision];
    for (const tell of listeners) tell();
    writeConfigurationRules(rules, DEFAULT_CONFIGURATION_RULES);
    expect(live.map).toBe(map);
    expect(live.revision).toBe(revision);
    const [runsOn, ...others] = DEFAULT_CONFIGURATION_RULES.types;
    if (runsOn === undefined) throw new Error('a desk begins without types');
    writeConfigurationRules(rules, { ...DEFAULT_CONFIGURATION_RULES, version: 1, types: others });
    expect(live.types.has(runsOn.id)).toBe(false);
    expect(live.map).not.toBe(map);
    expect(live.revision).toBeGreaterThan(revision);
  });

  it('folds own acts in at once, refuses what the server would, and lets go of them when they are here', async () => {
    const { live, doc, outbox } = opened();
    const made = live.newId();
    const fields = { class: 'database_server', name: 'DB' };
    live.runItem(made, { verb: 'create', fields, state: 'in_service' });
    const relation = live.newId();
    live.runRelation(relation, { verb: 'add', type: 'runs_on', from: made, to: HOST });
    outbox.tell();
    expect(falls(live)).toContain(made);
    const odd = live.runRelation(live.newId(), { verb: 'add', type: 'runs_on', from: HOST, to: made });
    expect(await odd.kept).toMatchObject({
      outcome: 'refused',
      refusal: { code: 'configuration/relation-unfit' },
    });
    live.runItem(HOST, { verb: 'edit', fields: { name: 'Host 2' } });
    outbox.tell();
    expect(live.nameOf(HOST)).toBe('Host 2');
    writeItemRow(doc, 2, { ...item(HOST, 'Host 2', 'server'), version: 2 });
    // the two that came before it, too
    for (const version of [1, 1, 2]) outbox.answer({ version, at: NOW });
    expect(live.nameOf(HOST)).toBe('Host 2');
    expect(outbox.types).toEqual(['item.create', 'relation.add']);
    live.close();
  });
});
