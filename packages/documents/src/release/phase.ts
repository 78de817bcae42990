/** Phases with their gates as the document of a release keeps them, one entry a phase. */
import { PHASE_STATES, STAGES } from '@muster/domain/release';
import type { Gate, GateException, GateRule, GateRun, Phase, SignOff } from '@muster/domain/release';
import type { PersonId } from '@muster/domain/shared';
import { flat, id, list, number, oneOf, optional, text, unlike, whole } from '../codec.ts';
import { versioned } from '../nonconforming.ts';

const person = id<PersonId>();

const gate = flat<Gate>({
  id: id<string>(),
  name: text,
  rule: unlike<GateRule>(),
  run: optional(flat<GateRun>({ value: number, by: person, at: whole })),
  signed: list(flat<SignOff>({ person, note: text, at: whole })),
  exception: optional(
    flat<GateException>({
      reason: text,
      by: person,
      at: whole,
      failing: list(text),
      value: optional(number),
    }),
  ),
});

export const phaseEntry = versioned(
  1,
  flat<Omit<Phase, 'id'>>({
    name: text,
    stage: oneOf(STAGES),
    state: oneOf(PHASE_STATES),
    round: whole,
    beginsAt: optional(whole),
    endsAt: optional(whole),
    startedAt: optional(whole),
    completedAt: optional(whole),
    gates: list(gate),
  }),
);
