/** For tests: a schedule with its history, as the server keeps it. Nothing here is used when serving. */
import type { Recorded } from '../decider.ts';
import { scheduleId } from '../ids.ts';
import type { Organisation } from './form.ts';
import { DIRECTORY, NETWORK, actor, id } from '../test-support/organisation.ts';
import type { ScheduleAct, ScheduleEvent } from './acts.ts';
import { decideSchedule } from './decide.ts';
import type { ScheduleAnswer } from './answers.ts';
import { evolveSchedule } from './evolve.ts';
import type { Schedule, ScheduleForm, Span } from './schedule.ts';
import { DAY, HOUR, layer, zurich } from './test-schedules.ts';

/** Noon of a Tuesday: Ana has been on call since midnight, Bo follows. */
export const NOON = zurich('2026-06-02T12:00+02:00');

/** Ana, Bo and Lea by the day for the network team, whose lead is Lea; Ana on Tuesday, June 2nd. */
export const FORM: ScheduleForm = {
  name: 'Network',
  team: NETWORK,
  zone: 'Europe/Zurich',
  cover: null,
  layers: [layer({ people: [id('lea'), id('ana'), id('bo')] })],
};

export const ORGANISATION: Organisation = {
  people: DIRECTORY.people,
  teams: new Map(
    [...DIRECTORY.teams].map(([key, team]) => [key, key === NETWORK ? { ...team, lead: id('lea') } : team]),
  ),
};

export class Rota {
  now = NOON;
  readonly target = scheduleId('s1');
  state: Schedule | null = null;
  readonly history: Recorded<ScheduleEvent>[] = [];

  get it(): Schedule {
    if (this.state === null) throw new Error('there is no schedule');
    return this.state;
  }

  /** Runs an act as somebody; `basis` is the version that they had seen, the present one unless said. */
  run(who: string, act: ScheduleAct, basis = this.state?.version ?? 0): ScheduleAnswer {
    const by = actor(who);
    const answer = decideSchedule(this.state, act, {
      actor: by,
      now: this.now,
      target: this.target,
      since: this.history.filter(({ version, actor: author }) => version > basis && author !== by.id),
      directory: ORGANISATION,
    });
    for (const event of answer.ok ? answer.value.events : []) {
      const at = this.now;
      this.state = evolveSchedule(this.state, event, { actor: by.id, at }, this.target);
      const { version } = this.state;
      this.history.push({ seq: version, version, event, actor: by.id, at, clientAt: at });
    }
    return answer;
  }
}

export function rota(form: ScheduleForm = FORM): Rota {
  const made = new Rota();
  const answer = made.run('lea', { verb: 'create', form });
  if (!answer.ok) throw new Error(answer.refusal.code);
  return made;
}

/** The whole local day, a number of days after that of `NOON`. */
export function dayAfter(days: number): Span {
  const from = NOON - 12 * HOUR + days * DAY;
  return { from, to: from + DAY };
}

/** An override by somebody for themselves. */
export function takeOver(person: string, span: Span, key = `${person} ${span.from}`): ScheduleAct {
  return { verb: 'override', override: { id: key, person: id(person), ...span, note: '' } };
}

/** A swap of a day for another one. */
export function askSwap(other: string, gives: Span, takes: Span | null = null, key = 'swap'): ScheduleAct {
  return { verb: 'ask-swap', swap: { id: key, with: id(other), gives, takes, note: 'Dentist' } };
}
