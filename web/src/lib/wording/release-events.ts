/** What happened to a release, as its history tells it after the name of whoever did it. */
import type { ReleaseEvent } from '@muster/domain/release';
import { GO_WORDS, counted, releaseFieldWords, releaseStateWords } from './releases.ts';
import type { SayRelease } from './release-refusals.ts';

export function releaseEventWords(event: ReleaseEvent, say: SayRelease): string {
  switch (event.type) {
    case 'created':
      return 'made this release';
    case 'edited':
      return `changed ${Object.keys(event.fields).map(releaseFieldWords).join(', ')}`;
    case 'changes-added':
      return `added ${few(event.changes, say)}`;
    case 'changes-removed':
      return `took out ${few(event.changes, say)}`;
    case 'unit-set':
      return `set the ${event.unit.kind} ${event.unit.name} ${event.unit.version}`.trim();
    case 'unit-removed':
      return 'took out a unit';
    case 'transitioned':
      return `made it ${releaseStateWords(event.to)}${because(event.reason)}`;
    case 'alarm-noted':
      return `raised an alarm: ${say.record(event.incident)} touches what was released`;
    case 'phases-planned':
      return `planned ${counted(event.phases.length, 'phase')}`;
    case 'phase-rescheduled':
      return `gave ${say.phase(event.phase)} other dates`;
    case 'phase-started':
      return `started ${say.phase(event.phase)}`;
    case 'phase-completed':
      return `completed ${say.phase(event.phase)}`;
    case 'phase-restarted':
      return `restarted ${say.phase(event.phase)}${because(event.reason)}`;
    case 'check-reported':
      return `reported ${event.value} for ${event.check}`;
    case 'signed-off':
      return `signed ${say.gate(event.gate)}${because(event.note)}`;
    case 'gate-excepted':
      return `excepted ${say.gate(event.gate)}${because(event.reason)}`;
    case 'exception-ended':
      return `ended the exception of ${say.gate(event.gate)}`;
    case 'steps-added':
      return `added ${counted(event.steps.length, 'step')} to the checklist`;
    case 'step-edited':
      return `changed ${Object.keys(event.fields).map(releaseFieldWords).join(', ')} of ${say.step(event.step)}`;
    case 'step-dropped':
      return `dropped the step “${event.title}”`;
    case 'step-started':
      return `started ${say.step(event.step)}`;
    case 'step-ticked':
      return `ticked ${say.step(event.step)}`;
    case 'step-unticked':
      return `unticked ${say.step(event.step)}`;
    case 'evidence-attached':
      return `attached evidence to ${say.step(event.step)}: ${event.text}`;
    case 'step-rolled-back':
      return `rolled ${say.step(event.step)} back`;
    case 'roll-call-opened':
      return `asked ${event.leads.map((lead) => say.person(lead)).join(', ')} for go or no-go; ${event.quorum} must say go`;
    case 'answered':
      return `answered ${GO_WORDS[event.answer].toLowerCase()}${because(event.note)}`;
    default:
      event satisfies never;
      return 'did something that this version does not know';
  }
}

function few(changes: readonly unknown[], say: SayRelease): string {
  return changes.length > 3
    ? counted(changes.length, 'change')
    : changes.map((change) => say.record(change)).join(', ');
}

function because(words: string | null): string {
  return words === null || words === '' ? '' : `: ${words}`;
}
