import { writeRelationRow } from '@muster/documents/configuration';
import { recordId, serviceId } from '@muster/domain/shared';
import { describe, expect, it } from 'vitest';
import { NOBODY, ana } from '../test-support/a-change.ts';
import { anItem, heldConfiguration } from '../test-support/a-configuration.ts';
import type { LiveConfiguration } from '../configuration/live-configuration.ts';
import { KnownDependencies } from './known-dependencies.ts';

const MAIL = serviceId('mail');
const [APP, HOST] = [recordId('01A00000000000000000000APP'), recordId('01A0000000000000000000HOST')];
const services = new Map([[MAIL, { id: MAIL, name: 'E-mail', team: null, criticality: 2 as const }]]);
const directory = { ...NOBODY, services };

function held() {
  const there = heldConfiguration(ana('agent'), directory, [
    anItem(APP, 'Shop', 'application'),
    anItem(HOST, 'Host', 'server'),
  ]);
  const [first, second] = ['01R0000000000000000000REL1', '01R0000000000000000000REL2'];
  writeRelationRow(there.doc, 1, { id: first, type: 'runs_on' }, { from: 1, to: 2 });
  writeRelationRow(there.doc, 2, { id: second, type: 'depends_on' }, { from: MAIL, to: 1 });
  return there;
}

describe('what changes go by on a device', () => {
  it('[CFG-63] is the map once it is here; until then services stand alone, and anything may be an item', () => {
    let configuration: LiveConfiguration | null = null;
    const known = new KnownDependencies({
      directory: () => directory,
      configuration: () => configuration,
    });
    const { current } = known;
    expect(known.isWhole).toBe(false);
    expect([current.isKnown(HOST), current.servicesOf([HOST]), current.servicesOf([MAIL])]).toEqual([
      ...[true, [], [MAIL]],
    ]);
    const before = current.version?.();
    configuration = held().live;
    expect(known.isWhole).toBe(true);
    expect(current.version?.()).not.toBe(before);
    expect([current.servicesOf([HOST]), current.parentsOf(MAIL), current.childrenOf(HOST)]).toEqual([
      [MAIL],
      [APP, HOST],
      [APP, MAIL],
    ]);
    expect(current.isKnown(recordId('01A0000000000000000NOWHERE'))).toBe(false);
    expect([known.nameOf(HOST), known.nameOf(MAIL)]).toEqual(['Host', 'E-mail']);
  });
});
