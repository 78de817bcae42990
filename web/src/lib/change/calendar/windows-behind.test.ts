import type { ChangeWindow } from '@muster/domain/change';
import { serviceId } from '@muster/domain/shared';
import { describe, expect, test } from 'vitest';
import {
  byLook,
  byScope,
  concerns,
  focusOf,
  mergedStretches,
  scopeWords,
  stretchWords,
  stretchesOf,
} from './windows-behind.ts';

const DAY = 86_400_000;
const FROM = Date.UTC(2026, 11, 1);

function window(name: string, given: Partial<ChangeWindow> = {}): ChangeWindow {
  return {
    id: name,
    version: 1,
    name,
    kind: 'maintenance',
    hard: false,
    when: { zone: 'UTC', begins: '2026-12-02T20:00', ends: '2026-12-03T02:00', repeats: null },
    services: null,
    classes: null,
    models: null,
    ...given,
  };
}

const SPAN = { from: FROM, to: FROM + 7 * DAY };
const ALL = { services: null, model: null };
const MAIL = { services: ['mail'], model: null };
const NAMES = { item: (id: string) => id.toUpperCase(), model: (id: string) => `Model ${id}` };

describe('windows behind the changes', () => {
  test('those of one key that meet are one, and say all their names', () => {
    const later = { zone: 'UTC', begins: '2026-12-03T01:00', ends: '2026-12-03T05:00', repeats: null };
    const found = stretchesOf([window('Night'), window('Long night', { when: later })], SPAN, 'UTC', ALL);
    expect(mergedStretches(found, byLook)).toMatchObject([
      { from: Date.UTC(2026, 11, 2, 20), to: Date.UTC(2026, 11, 3, 5), names: ['Night', 'Long night'] },
    ]);
    expect(mergedStretches(found, byScope)).toHaveLength(2);
  });

  test('one inside of another ends nothing, and one that begins where another ends goes on with it', () => {
    const at = (begins: string, ends: string) => ({
      when: { zone: 'UTC', begins: `2026-12-03T${begins}`, ends: `2026-12-03T${ends}`, repeats: null },
    });
    const all = [
      window('Night', at('01:00', '05:00')),
      window('Inside', at('02:00', '03:00')),
      window('Morning', at('05:00', '06:00')),
      window('Later', at('06:01', '07:00')),
    ];
    expect(mergedStretches(stretchesOf(all, SPAN, 'UTC', ALL), byLook)).toMatchObject([
      { from: Date.UTC(2026, 11, 3, 1), to: Date.UTC(2026, 11, 3, 6), names: ['Night', 'Inside', 'Morning'] },
      { names: ['Later'] },
    ]);
  });

  test('what is for some, met by what is for all, is for all', () => {
    const found = stretchesOf(
      [window('Mail', { services: [serviceId('mail')] }), window('All')],
      SPAN,
      'UTC',
      MAIL,
    );
    expect(mergedStretches(found, byLook)).toMatchObject([{ services: null, partial: false }]);
  });

  test('a freeze stays apart from maintenance, and hard from soft', () => {
    const all = [
      window('Night'),
      window('Soft', { kind: 'freeze' }),
      window('Hard', { kind: 'freeze', hard: true }),
    ];
    const words = mergedStretches(stretchesOf(all, SPAN, 'UTC', ALL), byLook).map(stretchWords);
    expect(words).toEqual(['Maintenance: Night', 'Soft freeze: Soft', 'Hard freeze: Hard']);
  });

  test('what floats goes by the clock that is asked for', () => {
    const floats = window('Floats', { when: { ...window('x').when, zone: null } });
    expect(stretchesOf([floats], SPAN, 'Asia/Tokyo', ALL)[0]?.from).toBe(Date.UTC(2026, 11, 2, 11));
  });

  test('a window of another service or model has nothing to say', () => {
    const mail = window('Mail', { services: [serviceId('mail')], models: ['normal'] });
    expect(concerns(mail, MAIL)).toBe(true);
    expect(concerns(mail, focusOf({ service: 'shop', model: null }))).toBe(false);
    expect(concerns(mail, focusOf({ service: null, model: 'standard' }))).toBe(false);
    expect(concerns(mail, { services: ['shop', 'mail'], model: 'normal' })).toBe(true);
    expect(concerns(mail, { services: [], model: 'normal' })).toBe(false);
  });

  test('what is for some only of what is looked at is partial', () => {
    const partialOf = (given: Partial<ChangeWindow>, focus: Parameters<typeof concerns>[1]) =>
      stretchesOf([window('x', given)], SPAN, 'UTC', focus)[0]?.partial;
    const services = [serviceId('mail')];
    expect(partialOf({}, ALL)).toBe(false);
    expect(partialOf({ services }, ALL)).toBe(true);
    expect(partialOf({ services }, MAIL)).toBe(false);
    expect(partialOf({ models: ['normal'] }, MAIL)).toBe(true);
    expect(partialOf({ models: ['normal'] }, { ...MAIL, model: 'normal' })).toBe(false);
    expect(partialOf({ classes: ['database'] }, MAIL)).toBe(true);
  });

  test('what it is for is told in words, of many the first', () => {
    const services = ['mail', 'shop', 'vpn'].map(serviceId);
    expect(scopeWords(window('x'), NAMES)).toBe('all services');
    expect(scopeWords(window('x', { services }), NAMES)).toBe('MAIL, SHOP and 1 more');
    expect(scopeWords(window('x', { services }), NAMES, 6)).toBe('MAIL, SHOP, VPN');
    expect(scopeWords(window('x', { classes: ['database'], models: ['normal'] }), NAMES)).toBe(
      'all services, database only, Model normal changes only',
    );
  });
});
