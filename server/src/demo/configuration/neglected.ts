/** What nobody looks after: old, without an owner, related to nothing, or there twice. A desk always has some. */
import type { MapPlan } from './plan.ts';

const DAY = 24 * 60 * 60_000;
export const FORGOTTEN_MS = 300 * DAY;

/** Retired since, and found all the same. */
export const GONE: readonly string[] = ['mail-old', 'files-old'];

export function leaveNeglected(plan: MapPlan): void {
  const forgotten = { forgotten: true };
  plan.item('server', 'old-fax-gateway', 'Network', forgotten);
  plan.item('application', 'Payroll archive', 'Platform', forgotten);
  plan.item('application', 'Payrol archive', 'Platform', { unowned: true });
  plan.item('virtual_machine', 'test-upgrade', 'Platform', { ...forgotten, unowned: true });
  plan.item('virtual_machine', 'Test-Upgrade.muster.example', 'Platform', forgotten);
  plan.item('licence', 'Drawing software', 'Workplace', {
    ...forgotten,
    attributes: { valid_until: '2026-03-31' },
  });
  for (const name of GONE) plan.item('server', name, 'Network', forgotten);
}
