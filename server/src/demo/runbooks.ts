import type { Runbook, RunbookPhase } from '@muster/domain/shared';
import { stableId } from '../import/stable-id.ts';
import { DEMO_SERVICES } from './organisation.ts';
import { demoServiceId } from './tickets.ts';

type Step = readonly [phase: RunbookPhase, words: string];

function runbook(
  name: string,
  when: { readonly service?: string; readonly category?: string },
  steps: readonly Step[],
): Runbook {
  const service = DEMO_SERVICES.find((one) => one.name === when.service);
  return {
    id: stableId('demo', 'runbook', name),
    version: 1,
    name,
    service: service === undefined ? null : demoServiceId(service),
    category: when.category ?? null,
    alert: null,
    steps: steps.map(([phase, words]) => ({
      id: stableId('demo', 'step', `${name}: ${words}`),
      phase,
      words,
      link: null,
    })),
  };
}

/** What to do when it happens again. */
export const DEMO_RUNBOOKS: readonly Runbook[] = [
  runbook('Web shop: payments fail', { service: 'Web shop' }, [
    ['triage', 'Is it all kinds of payment, or cards alone?'],
    ['triage', 'Note the share of failed payments now and an hour ago'],
    ['investigating', 'Look at the last release and at the state page of the payment provider'],
    ['investigating', 'Check the certificates of the gateway for their end'],
    ['fixing', 'Offer payment on account first, and put the notice on the shop'],
    ['monitoring', 'Ten minutes below one per cent of failures'],
    ['resolved', 'Take the notice off, and tell the sales team of orders that failed twice'],
  ]),
  runbook('Mail does not leave or arrive', { service: 'E-mail' }, [
    ['triage', 'Inside only, outside only, or both?'],
    ['investigating', 'Length of the relay’s queue, and what the oldest mail in it met'],
    ['investigating', 'Names and certificates of the relay, as seen from outside'],
    ['monitoring', 'Queue falls for ten minutes'],
  ]),
  runbook('Anything on the network', { category: 'Network' }, [
    ['triage', 'Which sites, which rooms, which devices?'],
    ['investigating', 'What changed in the last day?'],
    ['monitoring', 'Somebody on site says that it works'],
  ]),
];
