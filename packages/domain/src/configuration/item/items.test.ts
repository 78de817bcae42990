import { describe, expect, it } from 'vitest';
import { personId, recordId } from '../../shared/index.ts';
import { Items, NETWORK, NOW } from '../test-support/items.ts';

const name = (said: string) => ({ verb: 'edit', fields: { name: said } }) as const;

describe('items', () => {
  it('[CFG-20] are told to nobody who may not read them, and are worked on by those who may', () => {
    const items = new Items().make('web1', 'server');
    const hidden = { ok: false, refusal: { code: 'configuration/no-such-item', item: recordId('web1') } };
    expect(items.run('guest', 'web1', name('other'))).toEqual(hidden);
    const create = { verb: 'create', fields: { class: 'server', name: 'x' } } as const;
    expect(items.run('guest', 'web1', create)).toEqual(hidden);
    expect(items.run('ana', 'web2', name('other'))).toMatchObject({
      refusal: { code: 'configuration/no-such-item' },
    });
    expect(items.run('ana', 'web1', create)).toMatchObject({
      refusal: { code: 'configuration/already-exists' },
    });
  });

  it('[CFG-21] are made of a class that has items, by a name, anywhere but at the end', () => {
    const items = new Items();
    const made = (itemClass: string, said = 'web1', state = 'planned') =>
      items.run('ana', 'n', {
        verb: 'create',
        fields: { class: itemClass, name: said },
        state: state as 'planned',
      });
    expect(made('service')).toMatchObject({ refusal: { code: 'configuration/service-of-directory' } });
    expect(made('device')).toMatchObject({
      refusal: { code: 'configuration/values-unfit', faults: [{ fault: 'abstract-class' }] },
    });
    expect(made('server', '  ')).toMatchObject({ refusal: { field: 'name' } });
    expect(made('server', 'web1', 'retired')).toMatchObject({ refusal: { field: 'state' } });
    expect(made('server', ' web1 ', 'in_stock').ok).toBe(true);
    expect(items.at('n')).toMatchObject({ name: 'web1', state: 'in_stock', version: 1, owner: null });
  });

  it('[CFG-21] belong to people who are there and to teams that there are', () => {
    const items = new Items().make('web1', 'server');
    const edit = (fields: object) => items.run('ana', 'web1', { verb: 'edit', fields });
    expect(edit({ owner: personId('gone') })).toMatchObject({
      refusal: { code: 'configuration/unknown-person' },
    });
    expect(edit({ team: 'nowhere' })).toMatchObject({ refusal: { code: 'configuration/unknown-team' } });
    expect(edit({ criticality: 5 })).toMatchObject({ refusal: { field: 'criticality' } });
    expect(edit({ owner: personId('max'), team: NETWORK, criticality: 1 }).ok).toBe(true);
    expect(items.at('web1')).toMatchObject({ owner: 'max', team: NETWORK, criticality: 1 });
  });

  it('[CFG-22] are edited attribute by attribute; what is emptied is taken back', () => {
    const items = new Items().make('web1', 'server', { attributes: { serial: 'S1', vendor: 'Acme' } });
    items.do('ana', 'web1', { verb: 'edit', fields: { attributes: { vendor: ' ', model: ' M2 ' } } });
    expect(items.at('web1').attributes).toEqual({ serial: 'S1', model: 'M2' });
    expect(items.run('ana', 'web1', { verb: 'edit', fields: { attributes: { model: 'M2' } } })).toMatchObject(
      {
        refusal: { code: 'configuration/nothing-to-change' },
      },
    );
  });

  it('[CFG-22] tell whoever said the same field before that it was replaced, and nobody else', () => {
    const items = new Items().make('web1', 'server');
    items.do('ana', 'web1', { verb: 'edit', fields: { criticality: 2, attributes: { vendor: 'Acme' } } });
    const late = (fields: object) => items.run('max', 'web1', { verb: 'edit', fields }, 1);
    expect(late({ attributes: { vendor: 'Umbra' }, name: 'web' })).toMatchObject({
      value: {
        tell: [
          {
            ...{ person: 'ana', kind: 'replaced' },
            detail: {
              ...{ field: 'attribute:vendor', value: 'Acme', with: 'Umbra', by: 'max', at: NOW },
              called: 'Vendor',
            },
          },
        ],
      },
    });
    expect(items.run('max', 'web1', { verb: 'edit', fields: { criticality: 1 } })).toMatchObject({
      value: { tell: [] },
    });
    expect(items.at('web1')).toMatchObject({ criticality: 1, attributes: { vendor: 'Umbra' } });
  });

  it('[CFG-23] become another class when their values and relations conform to it', () => {
    const items = new Items()
      .make('dbs', 'database_server', { attributes: { port: 5432 } })
      .make('db', 'database');
    items.relate('ana', 'r1', {
      ...{ verb: 'add', type: 'runs_on', from: recordId('db'), to: recordId('dbs') },
    });
    const become = (itemClass: string, attributes = {}) =>
      items.run('ana', 'dbs', { verb: 'edit', fields: { class: itemClass, attributes } });
    expect(become('cluster')).toMatchObject({
      refusal: {
        code: 'configuration/values-unfit',
        faults: [{ fault: 'unknown-attribute', attribute: 'port' }],
      },
    });
    expect(become('cluster', { port: null })).toMatchObject({
      refusal: { code: 'configuration/relations-unfit', relations: ['r1'] },
    });
    items.relate('ana', 'r1', { verb: 'remove' });
    expect(become('cluster', { port: null }).ok).toBe(true);
    expect(items.at('dbs')).toMatchObject({ class: 'cluster', attributes: {} });
  });

  it('[CFG-23] are refused with all that is wrong with their values', () => {
    const made = new Items().run('ana', 'n', {
      verb: 'create',
      fields: { class: 'server', name: 'n', attributes: { memory_gb: 'much', warranty_until: 'soon', x: 1 } },
    });
    expect(made).toMatchObject({
      refusal: {
        faults: [
          { fault: 'invalid-attribute', attribute: 'warranty_until' },
          { fault: 'invalid-attribute', attribute: 'memory_gb' },
          { fault: 'unknown-attribute', attribute: 'x' },
        ],
      },
    });
  });

  it('[CFG-24] share no serial number across the kinds of a class, but with what is gone', () => {
    const items = new Items()
      .make('web1', 'server', { attributes: { serial: 'S1' } })
      .make('rack1', 'rack', { attributes: { serial: 'S2' } });
    const twice = items.run('ana', 'rack1', { verb: 'edit', fields: { attributes: { serial: 'S1' } } });
    expect(twice).toMatchObject({
      refusal: { code: 'configuration/same-identity', attribute: 'serial', item: 'web1' },
    });
    items.do('ana', 'web1', { verb: 'step', from: 'in_service', to: 'retired' });
    items.do('ana', 'rack1', { verb: 'edit', fields: { attributes: { serial: 'S1' } } });
    const back = { verb: 'step', from: 'retired', to: 'in_service', reason: 'found' } as const;
    expect(items.run('ana', 'web1', back)).toMatchObject({
      refusal: { code: 'configuration/same-identity', item: 'rack1' },
    });
  });

  it('[CFG-25] step from the state that was seen, as their life goes', () => {
    const items = new Items().make('web1', 'server');
    items.do('ana', 'web1', { verb: 'step', from: 'in_service', to: 'maintenance' });
    expect(items.run('max', 'web1', { verb: 'step', from: 'in_service', to: 'retired' }, 1)).toEqual({
      ok: false,
      refusal: { code: 'configuration/item-moved', state: 'maintenance', by: 'ana', at: NOW },
    });
    expect(items.run('max', 'web1', { verb: 'step', from: 'maintenance', to: 'planned' })).toMatchObject({
      refusal: { code: 'configuration/no-such-step', allowed: ['in_service', 'in_stock', 'retired'] },
    });
    items.do('max', 'web1', { verb: 'step', from: 'maintenance', to: 'retired' });
    const back = { verb: 'step', from: 'retired', to: 'in_service' } as const;
    expect(items.run('max', 'web1', back)).toMatchObject({
      refusal: { code: 'configuration/reason-missing' },
    });
    expect(items.run('max', 'web1', { ...back, reason: 'needed again' }).ok).toBe(true);
  });

  it('[CFG-26] with open incidents are not retired before their owner was asked', () => {
    const items = new Items().make('web1', 'server', { owner: personId('max') });
    items.incidents.add(recordId('web1'));
    const retire = { verb: 'step', from: 'in_service', to: 'retired' } as const;
    expect(items.run('ana', 'web1', retire)).toMatchObject({
      value: {
        events: [{ type: 'step-suspended', to: 'retired' }],
        tell: [{ person: 'max', kind: 'retirement-asked' }],
      },
    });
    expect(items.at('web1')).toMatchObject({ state: 'in_service', suspended: { to: 'retired', by: 'ana' } });
    expect(items.run('ana', 'web1', retire)).toMatchObject({
      refusal: { code: 'configuration/step-waits' },
    });
    const despite = { ...retire, despite: true } as const;
    expect(items.run('ana', 'web1', despite)).toMatchObject({
      refusal: { code: 'configuration/not-answerable', owner: 'max' },
    });
    expect(items.run('max', 'web1', despite).ok).toBe(true);
    expect(items.at('web1')).toMatchObject({ state: 'retired', suspended: null });
  });

  it('[CFG-26] stay when their owner says so, and are retired at once when no incident is open', () => {
    const items = new Items().make('web1', 'server', { team: NETWORK });
    items.incidents.add(recordId('web1'));
    const retire = { verb: 'step', from: 'in_service', to: 'retired' } as const;
    expect(items.run('ana', 'web1', retire)).toMatchObject({ value: { tell: [{ person: 'lea' }] } });
    expect(items.run('max', 'web1', { verb: 'keep' })).toMatchObject({
      refusal: { code: 'configuration/not-answerable' },
    });
    items.do('lea', 'web1', { verb: 'keep' });
    expect(items.at('web1').suspended).toBeNull();
    expect(items.run('lea', 'web1', { verb: 'keep' })).toMatchObject({
      refusal: { code: 'configuration/nothing-waits' },
    });
    items.incidents.clear();
    items.do('ana', 'web1', retire);
    expect(items.at('web1').state).toBe('retired');
  });

  const RETIRE = { verb: 'step', from: 'in_service', to: 'retired' } as const;

  it('[CFG-26] ask who leads the team where their owner has left, or nobody where nobody is left', () => {
    const items = new Items().make('web1', 'server', { team: NETWORK }).make('web2', 'server');
    for (const id of ['web1', 'web2']) {
      items.do('ana', id, { verb: 'edit', fields: { owner: personId('max') } });
      items.incidents.add(recordId(id));
    }
    items.leave('max');
    expect(items.run('ana', 'web1', RETIRE)).toMatchObject({ value: { tell: [{ person: 'lea' }] } });
    expect(items.run('ana', 'web2', RETIRE)).toMatchObject({ value: { tell: [] } });
  });

  it('[CFG-120] come back from retirement only as the classes and types of today let them be', () => {
    const items = new Items().make('web1', 'server', {
      redundancy: [{ relation: 'members', by: 'count', minimum: 1 }],
    });
    items.do('ana', 'web1', RETIRE);
    const { rules } = items;
    const set = (classes: typeof rules.classes, types = rules.types): void => {
      expect(items.rule('lea', { verb: 'set-rules', classes, types }).ok).toBe(true);
    };
    set(
      rules.classes.map((each) =>
        each.id === 'server'
          ? { ...each, attributes: each.attributes.map((one) => ({ ...one, required: true })) }
          : each,
      ),
      rules.types.filter(({ id }) => id !== 'members'),
    );
    const back = { verb: 'step', from: 'retired', to: 'in_service', reason: 'Needed' } as const;
    expect(items.run('ana', 'web1', back)).toMatchObject({
      refusal: { code: 'configuration/invalid-value', field: 'redundancy' },
    });
    items.incidents.add(recordId('web1'));
    expect(items.run('system', 'web1', { verb: 'suspend' }, 1)).toMatchObject({
      value: { events: [], tell: [{ person: 'ana', detail: { stays: true } }] },
    });
    const attributes = { memory_gb: 64 };
    expect(items.run('ana', 'web1', { verb: 'edit', fields: { redundancy: [] } })).toMatchObject({
      refusal: { faults: [{ fault: 'missing-attribute' }] },
    });
    items.do('ana', 'web1', { verb: 'edit', fields: { redundancy: [], attributes } });
    items.do('ana', 'web1', back);
    set(rules.classes, rules.types);
  });

  it('[CFG-26] wait for their owner as well when the incident that was written before arrives after the retirement', () => {
    const items = new Items().make('web1', 'server', { owner: personId('max') });
    items.do('ana', 'web1', { ...RETIRE, reason: 'Old' });
    items.incidents.add(recordId('web1'));
    expect(items.run('lea', 'web1', { verb: 'suspend' }, 0)).toMatchObject({
      refusal: { code: 'configuration/not-permitted' },
    });
    expect(items.run('system', 'web1', { verb: 'suspend' }, 0)).toMatchObject({
      value: {
        tell: [
          { person: 'max', kind: 'retirement-asked', detail: { by: 'ana', asked: true, stays: false } },
          { person: 'ana', kind: 'retirement-asked', detail: { by: 'ana', asked: false } },
        ],
      },
    });
    // as if the incident had come first
    expect(items.at('web1')).toMatchObject({
      ...{ state: 'in_service', suspended: { to: 'retired', by: 'ana', reason: 'Old' } },
    });
    expect(items.run('system', 'web1', { verb: 'suspend' }, 0)).toMatchObject({
      refusal: { code: 'configuration/nothing-to-change' },
    });
    items.do('max', 'web1', { ...RETIRE, despite: true });
    expect(items.at('web1')).toMatchObject({ state: 'retired', suspended: null });
  });

  it('[CFG-26] that cannot wait any more stay as they are, and those who answer for them are told', () => {
    const serial = { attributes: { serial: 'S1' } };
    const items = new Items().make('gone', 'server').make('taken', 'server', serial).make('idle', 'server');
    items.do('ana', 'gone', RETIRE).do('ana', 'gone', { verb: 'step', from: 'retired', to: 'disposed' });
    items.do('ana', 'taken', RETIRE).make('next', 'server', serial);
    for (const item of ['gone', 'taken']) {
      items.incidents.add(recordId(item));
      const before = items.at(item);
      expect(items.run('system', item, { verb: 'suspend' }, 0)).toMatchObject({
        value: { events: [], tell: [{ person: 'ana', detail: { stays: true } }] },
      });
      expect(items.at(item)).toEqual(before);
    }
    // whose incident is over by now
    items.do('ana', 'idle', RETIRE);
    expect(items.run('system', 'idle', { verb: 'suspend' }, 0)).toMatchObject({ ok: false });
  });

  it('[CFG-29] are redundant by types that there are, once for each', () => {
    const items = new Items().make('app', 'application');
    const say = (...redundancy: readonly unknown[]) =>
      items.run('ana', 'app', { verb: 'edit', fields: { redundancy: redundancy as [] } }).ok;
    const half = { relation: 'members', by: 'percent', minimum: 50 };
    expect(say(half)).toBe(true);
    expect(say(half, { ...half, minimum: 60 })).toBe(false);
    expect(say({ ...half, relation: 'flies_over' })).toBe(false);
    expect(say({ ...half, minimum: 0 })).toBe(false);
    expect(say({ ...half, minimum: 101 })).toBe(false);
    expect(say({ ...half, by: 'count', minimum: 101 })).toBe(true);
  });
});
