import { expect, test } from 'vitest';
import { calendarAddresses } from './calendar-addresses.ts';

const ADDRESS = { schedule: null, madeAt: 1, usedAt: null };
const OF_CHANGES = { ...ADDRESS, id: 'changes', about: 'changes' };

test('the address of changes does not stand for own shifts, though neither has a schedule', async () => {
  const { find } = calendarAddresses({ request: () => Promise.resolve({ calendars: [OF_CHANGES] }) });
  expect(await find({ about: 'shifts', schedule: null })).toBeNull();
  expect(await find({ about: 'changes', schedule: null })).toEqual(OF_CHANGES);
});
