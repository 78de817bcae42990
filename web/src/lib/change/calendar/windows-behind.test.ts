import type { ChangeWindow } from '@muster/domain/change';
import { describe, expect, test } from 'vitest';
import { concerns, stretchWords, stretchesOf } from './windows-behind.ts';

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

describe('windows behind the changes', () => {
  test('those that look alike and overlap are one, and say all their names', () => {
    const later = { zone: 'UTC', begins: '2026-12-03T01:00', ends: '2026-12-03T05:00', repeats: null };
    const found = stretchesOf([window('Night'), window('Long night', { when: later })], SPAN, 'UTC');
    expect(found).toMatchObject([
      { from: Date.UTC(2026, 11, 2, 20), to: Date.UTC(2026, 11, 3, 5), names: ['Night', 'Long night'] },
    ]);
  });

  test('a freeze stays apart from maintenance, and hard from soft', () => {
    const all = [
      window('Night'),
      window('Soft', { kind: 'freeze' }),
      window('Hard', { kind: 'freeze', hard: true }),
    ];
    const words = stretchesOf(all, SPAN, 'UTC').map(stretchWords);
    expect(words).toEqual(['Maintenance: Night', 'Soft freeze: Soft', 'Hard freeze: Hard']);
  });

  test('what floats goes by the clock that is asked for', () => {
    const floats = window('Floats', { when: { ...window('x').when, zone: null } });
    expect(stretchesOf([floats], SPAN, 'Asia/Tokyo')[0]?.from).toBe(Date.UTC(2026, 11, 2, 11));
  });

  test('a window of another service or model has nothing to say', () => {
    const mail = window('Mail', { services: ['mail' as never], models: ['normal'] });
    expect(concerns(mail, { service: 'mail', model: null })).toBe(true);
    expect(concerns(mail, { service: 'shop', model: null })).toBe(false);
    expect(concerns(mail, { service: null, model: 'standard' })).toBe(false);
  });
});
