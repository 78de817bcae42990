/** What of a release is neither a step nor a phase: small parts, so that an act writes but what it changed. */
import { GO_ANSWERS, PACES, RELEASE_KINDS, RELEASE_STATES } from '@muster/domain/release';
import type { Alarm, LeadAnswer, Release, ReleaseUnit, RollCall } from '@muster/domain/release';
import type { PersonId, RecordId, ServiceId } from '@muster/domain/shared';
import { flat, id, list, number, oneOf, optional, since, text, whole } from '../codec.ts';
import { versioned } from '../nonconforming.ts';

const person = id<PersonId>();
const record = id<RecordId>();

/** What moves with every act. */
export type Pulse = Pick<Release, 'version' | 'updatedAt'>;

export type Head = Omit<
  Release,
  'id' | 'members' | 'units' | 'phases' | 'steps' | 'rollCall' | 'alarms' | keyof Pulse
>;

/** Instants count from when the release was made. */
export const headPart = versioned(
  1,
  flat<Head>(
    {
      madeAt: whole,
      number: optional(text),
      kind: oneOf(RELEASE_KINDS),
      state: oneOf(RELEASE_STATES),
      title: text,
      label: text,
      madeBy: person,
      pace: oneOf(PACES),
      hypercareHours: number,
      services: list(id<ServiceId>()),
      owner: optional(person),
      beginsAt: optional(since),
      endsAt: optional(since),
      rollbackTestedAt: optional(since),
      deployingAt: optional(since),
      hypercareAt: optional(since),
      endedAt: optional(since),
    },
    'madeAt',
  ),
);

export const pulsePart = versioned(1, flat<Pulse>({ version: whole, updatedAt: whole }));

/** In which order steps and phases stand. */
export interface Order {
  readonly steps: readonly string[];
  readonly phases: readonly string[];
}

export const orderPart = versioned(1, flat<Order>({ steps: list(id<string>()), phases: list(id<string>()) }));

/** The order is layout: it grows at its end. */
const UNIT_KINDS = ['unit', 'package'] as const satisfies readonly ReleaseUnit['kind'][];

const unit = flat<ReleaseUnit>({
  id: id<string>(),
  kind: oneOf(UNIT_KINDS),
  name: text,
  version: text,
  parts: list(id<string>()),
});

const answer = flat<LeadAnswer>({
  person,
  answer: oneOf(GO_ANSWERS),
  note: text,
  readiness: text,
  at: whole,
});

const rollCall = flat<RollCall>({
  leads: list(person),
  quorum: whole,
  openedBy: person,
  openedAt: whole,
  answers: list(answer),
});

const alarm = flat<Alarm>({ incident: record, items: list(text), at: whole });

export const membersPart = versioned(1, flat<Pick<Release, 'members'>>({ members: list(record) }));
export const unitsPart = versioned(1, flat<Pick<Release, 'units'>>({ units: list(unit) }));
export const rollCallPart = versioned(1, flat<Pick<Release, 'rollCall'>>({ rollCall: optional(rollCall) }));
export const alarmsPart = versioned(1, flat<Pick<Release, 'alarms'>>({ alarms: list(alarm) }));
