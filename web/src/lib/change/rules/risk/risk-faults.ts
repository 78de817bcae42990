import { faultsOfRisk } from '@muster/domain/change';
import type { RiskFault } from '@muster/domain/change';
import { riskSettingsOf } from './risk-draft.ts';
import type { RiskDraft } from './risk-draft.ts';

const WORDS: Readonly<Record<RiskFault['fault'], string>> = {
  'no-words': 'Say it in words.',
  'no-number': 'This must be a number that is possible here.',
  'below-zero': 'Nothing counts below zero: an answer would make up for others.',
  'too-few-answers': 'A question needs two answers or more.',
  'same-id': 'This is there twice.',
  'not-rising': 'This must be above the one before it, or it never counts.',
};

/** What is wrong with a draft, in words, by its place in the settings. */
export function riskFaults(draft: RiskDraft): Readonly<Record<string, string>> {
  const faults = faultsOfRisk(riskSettingsOf(draft));
  return Object.fromEntries(faults.toReversed().map(({ at, fault }) => [at, WORDS[fault]]));
}
