import { CALL_CAUSES, CALL_STATES, CHAIN_STEP_KINDS, TEAM_PARTS } from '@muster/domain/shared';
import type {
  Call,
  CallEvent,
  CallStepTaken,
  ChainStep,
  PersonId,
  ScheduleId,
  TeamId,
} from '@muster/domain/shared';
import { Mismatch, flag, flat, id, list, oneOf, optional, since, text, whole } from './codec.ts';
import type { Codec } from './codec.ts';

type DataOf<Type extends CallEvent['type']> = Omit<Extract<CallEvent, { readonly type: Type }>, 'type'>;

interface StoredStep {
  readonly kind: ChainStep['kind'];
  readonly minutes: number | null;
  /** The person, the schedule or the team that is called. */
  readonly who: string | null;
  readonly part: (typeof TEAM_PARTS)[number] | null;
  readonly name: string | null;
}

const people = list(id<PersonId>());
const team = optional(id<TeamId>());
const storedStep = flat<StoredStep>({
  kind: oneOf(CHAIN_STEP_KINDS),
  who: optional(text),
  minutes: optional(whole),
  part: optional(oneOf(TEAM_PARTS)),
  name: optional(text),
});

/** A step of a chain: one row for all kinds. */
export const chainStep: Codec<ChainStep> = {
  shape: storedStep.shape,
  encode: (step, base) => storedStep.encode(stored(step), base),
  decode: (plain, base) => {
    const row = storedStep.decode(plain, base);
    return row instanceof Mismatch ? row : stepOf(row);
  },
};

const NOTHING = { minutes: null, who: null, part: null, name: null } as const;

function stored(step: ChainStep): StoredStep {
  const { kind } = step;
  switch (kind) {
    case 'wait':
      return { ...NOTHING, kind, minutes: step.minutes };
    case 'person':
      return { ...NOTHING, kind, who: step.person };
    case 'schedule':
      return { ...NOTHING, kind, who: step.schedule, name: step.name };
    case 'team':
      return { ...NOTHING, kind, who: step.team, part: step.part };
  }
}

function stepOf({ kind, minutes, who, part, name }: StoredStep): ChainStep | Mismatch {
  if (kind === 'wait') return minutes === null ? new Mismatch('expected minutes') : { kind, minutes };
  if (who === null || who === '') return new Mismatch('expected somebody');
  switch (kind) {
    case 'person':
      return { kind, person: who as PersonId };
    case 'schedule':
      return name === null ? new Mismatch('expected a name') : { kind, schedule: who as ScheduleId, name };
    case 'team':
      return part === null
        ? new Mismatch('expected a part of the team')
        : { kind, team: who as TeamId, part };
  }
}

/** What a call adds to its row; its instants count from the row's base. */
export const call = flat<Call>({
  id: whole,
  state: oneOf(CALL_STATES),
  team,
  name: text,
  cause: oneOf(CALL_CAUSES),
  by: id<PersonId>(),
  at: since,
  steps: list(chainStep),
  repeats: whole,
  taken: list(flat<CallStepTaken>({ round: whole, step: whole, at: since, people })),
  endedBy: optional(id<PersonId>()),
  endedAt: optional(since),
});

/** The stored form of each event of a call. */
export const CALL_EVENT_DATA: { readonly [Type in CallEvent['type']]: Codec<DataOf<Type>> } = {
  'call-begun': flat<DataOf<'call-begun'>>({
    team,
    name: text,
    cause: oneOf(CALL_CAUSES),
    steps: list(chainStep),
    repeats: whole,
  }),
  'call-step-taken': flat<DataOf<'call-step-taken'>>({
    team,
    round: whole,
    step: whole,
    means: chainStep,
    people,
  }),
  'call-acknowledged': flat<DataOf<'call-acknowledged'>>({ team, late: flag }),
  'call-stopped': flat<DataOf<'call-stopped'>>({ team, reason: text }),
  'call-used-up': flat<DataOf<'call-used-up'>>({ team }),
};
