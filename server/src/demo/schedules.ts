/** Who is on call in the demonstration: a desk round the clock, and a team in office hours that leaves a gap. */
import { commandId, recordId, scheduleId, shiftsBetween } from '@muster/domain/shared';
import type {
  Actor,
  CommandEnvelope,
  Schedule,
  ScheduleAct,
  ScheduleForm,
  ScheduleId,
  ScheduleLayer,
  Shift,
} from '@muster/domain/shared';
import { stableId, stableRecordId } from '../import/stable-id.ts';
import type { Store } from '../store/store.ts';
import type { Cast } from './people.ts';
import { DEMO_CALENDAR } from './rules.ts';
import { DEMO_SOURCE } from './tickets.ts';

const HOUR = 60 * 60 * 1000;
const DAY = 24 * HOUR;
const WEEKDAYS = [1, 2, 3, 4, 5];

export const demoScheduleId = (key: string): ScheduleId =>
  scheduleId(stableRecordId(DEMO_SOURCE, `schedule-${key}`));

/** Sets schedules up by the commands that people use, as the leads of their teams. */
export async function putOnCall(store: Store, cast: Cast, now: number): Promise<void> {
  const desk = cast.team('Service Desk');
  const network = cast.team('Network');
  const [lead, agent, asking, covering] = desk.members;
  const [networkLead] = network.members;
  if (!lead || !agent || !asking || !covering || !networkLead) throw new Error('nobody is on call');

  const round = roundTheClock(cast);
  await run(store, lead, 'desk', now, 0, { verb: 'create', form: round });
  await run(store, networkLead, 'network', now, 0, { verb: 'create', form: officeHours(cast) });

  const from = now + DAY;
  const cover = { id: stableId('demo', 'override', 'desk'), person: covering.id, from, to: from + 4 * HOUR };
  const note = 'The others are at the works meeting.';
  await run(store, covering, 'desk', now, 1, { verb: 'override', override: { ...cover, note } });

  const later = shiftsBetween(scheduleOf(round), from + DAY, from + 28 * DAY).slice(1, -1);
  const [gives, takes] = [asking, agent].map(({ id }) => later.find(({ person }) => person === id));
  if (gives === undefined || takes === undefined) throw new Error('nobody has a shift to swap');
  const swap = {
    id: stableId('demo', 'swap', 'desk'),
    with: agent.id,
    gives: spanOf(gives),
    takes: spanOf(takes),
    note: 'My sister marries that day.',
  };
  await run(store, asking, 'desk', now, 2, { verb: 'ask-swap', swap });
}

/** Five people by day on weekdays, five others at night and over the weekend. */
function roundTheClock(cast: Cast): ScheduleForm {
  const { team, members } = cast.team('Service Desk');
  return {
    name: 'Service desk, round the clock',
    team: team.id,
    zone: DEMO_CALENDAR.zone,
    cover: null,
    layers: [
      layer('By day', members.slice(1, 6), {
        unit: 'day',
        handoverAt: 7 * 60,
        hours: { weekdays: WEEKDAYS, from: 7 * 60, to: 19 * 60 },
      }),
      layer('Nights and weekends', members.slice(6, 11), { unit: 'week', handoverAt: 7 * 60 }),
    ],
  };
}

/** Nobody has the afternoon of Fridays yet. */
function officeHours(cast: Cast): ScheduleForm {
  const { team, members } = cast.team('Network');
  return {
    name: 'Network, office hours',
    team: team.id,
    zone: DEMO_CALENDAR.zone,
    cover: { weekdays: WEEKDAYS, from: 8 * 60, to: 18 * 60 },
    layers: [
      layer('Monday to Thursday', members, {
        unit: 'week',
        handoverAt: 8 * 60,
        hours: { weekdays: [1, 2, 3, 4], from: 8 * 60, to: 18 * 60 },
      }),
      layer('Friday mornings', members.slice(0, 3), {
        unit: 'week',
        handoverAt: 8 * 60,
        hours: { weekdays: [5], from: 8 * 60, to: 13 * 60 },
      }),
    ],
  };
}

function layer(
  name: string,
  people: readonly Actor[],
  turn: Pick<ScheduleLayer, 'unit' | 'handoverAt'> & Partial<Pick<ScheduleLayer, 'hours'>>,
): ScheduleLayer {
  const id = stableId('demo', 'layer', name);
  return {
    id,
    name,
    people: people.map((one) => one.id),
    length: 1,
    startsOn: '2024-01-01',
    hours: null,
    ...turn,
  };
}

function scheduleOf(form: ScheduleForm): Schedule {
  return { ...form, id: scheduleId('demo'), version: 1, overrides: [], swaps: [], removedAt: null };
}

const spanOf = ({ from, to }: Shift) => ({ from, to });

async function run(
  store: Store,
  author: Actor,
  key: string,
  now: number,
  basis: number,
  { verb, ...args }: ScheduleAct,
): Promise<void> {
  const command: CommandEnvelope = {
    id: commandId(stableId(DEMO_SOURCE, 'command', `schedule-${key}-${basis}`)),
    type: `schedule.${verb}`,
    target: recordId(demoScheduleId(key)),
    args,
    basis,
    clientAt: now,
  };
  const [outcome] = await store.commands.run([command], author);
  if (outcome?.outcome !== 'applied')
    throw new Error(`demonstration: schedule.${verb} was ${JSON.stringify(outcome)}`);
}
