import type { Service } from '@muster/domain/shared';

export const CRITICALITIES = [1, 2, 3, 4] as const satisfies readonly Service['criticality'][];

const NAMES: Readonly<Record<Service['criticality'], string>> = {
  1: '1, the business stops without it',
  2: '2, important',
  3: '3, ordinary',
  4: '4, can wait',
};

export function criticalityName(criticality: Service['criticality']): string {
  return NAMES[criticality];
}
