/** What items lack, in words. */
import type { Expectation, HealthFault } from '@muster/domain/configuration';
import type { ConfigurationNames } from './configuration-refusals.ts';
import type { Say } from './say.ts';

export const EXPECTATION_WORDS: Readonly<Record<Expectation, string>> = {
  owner: 'An owner',
  team: 'A team',
  location: 'A location',
  relation: 'A relation to something',
};

/** Kinds of faults, as they are counted and listed. */
export const FAULT_WORDS: Readonly<Record<HealthFault['fault'], string>> = {
  'no-owner': 'Nobody owns it',
  'owner-gone': 'Its owner is not here any more',
  'no-team': 'No team answers for it',
  'no-location': 'Nobody knows where it is',
  'no-relation': 'It is related to nothing',
  'no-attribute': 'It does not say all that is expected',
  stale: 'Nobody has looked at it for too long',
};

export function faultWords(
  fault: HealthFault,
  names: Pick<ConfigurationNames, 'attribute'>,
  say: Say,
): string {
  switch (fault.fault) {
    case 'no-attribute':
      return `The ${names.attribute(fault.attribute)} is not said`;
    case 'owner-gone':
      return `Its owner, ${say.person(fault.owner)}, is not here any more`;
    case 'stale':
      return `Nobody has changed or confirmed it since ${say.time(fault.since)} (at most ${fault.days} days)`;
    default:
      return FAULT_WORDS[fault.fault];
  }
}
