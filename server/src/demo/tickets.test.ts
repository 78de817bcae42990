import { deciderOf, lifecycleOf } from '@muster/domain';
import { isTicketProcess, thresholdsAhead } from '@muster/domain/shared';
import type { Ticket } from '@muster/domain/shared';
import { describe, expect, test } from 'vitest';
import { demoDirectory } from './directory.ts';
import { DEMO_SERVICES } from './organisation.ts';
import { castPeople } from './people.ts';
import { Random } from './random.ts';
import { serviceNameOf } from './situations/service-of.ts';
import { DEMO_RECORDS, demoHistories, demoServiceId } from './tickets.ts';

const NOW = Date.UTC(2026, 4, 4, 10, 30);

function demonstration() {
  const cast = castPeople();
  return { cast, histories: demoHistories(cast, demoDirectory(cast), new Random(1), NOW) };
}

describe('the demonstration', () => {
  const { cast, histories } = demonstration();

  test('sixty different people work in seven teams or ask for help', () => {
    expect(new Set(cast.people.map((person) => person.email)).size).toBe(60);
    expect(cast.teams).toHaveLength(7);
    expect(DEMO_SERVICES).toHaveLength(25);
  });

  test('every record has a history that the rules allow, up to now and not beyond', () => {
    expect(histories).toHaveLength(DEMO_RECORDS);
    for (const history of histories) {
      expect(history.events[0]?.event.type).toBe('created');
      expect(history.events.at(-1)?.at).toBeLessThanOrEqual(NOW);
    }
  });

  test('it can be made at any time of the day: what people do is decided after what clocks did until then', () => {
    const directory = demoDirectory(cast);
    const from = Date.UTC(2026, 10, 28);
    // at the fourth and the ninth somebody began to watch whom an escalation had called meanwhile
    for (let steps = 0; steps < 10; steps++) {
      const now = from + steps * (5 * 60 + 11) * 60_000;
      expect(demoHistories(cast, directory, new Random(1), now)).toHaveLength(DEMO_RECORDS);
    }
  });

  test('each is about the service that its words are about', () => {
    const created = histories.flatMap(({ events: [first] }) =>
      first?.event.type === 'created' ? [first.event.ticket] : [],
    );
    const idOf = (name: string) => DEMO_SERVICES.filter((each) => each.name === name).map(demoServiceId);
    const named = created.filter(({ title }) => serviceNameOf(title) !== null);
    expect(named.length).toBeGreaterThan(1000);
    for (const { title, service, category } of named) {
      expect([title, [service]]).toEqual([title, idOf(serviceNameOf(title) ?? '')]);
      const of = DEMO_SERVICES.find(({ name }) => name === serviceNameOf(title));
      expect([title, of?.category]).toEqual([title, category]);
    }
  });

  test('all usual states are there, and some records are at work this minute', () => {
    const states = histories.map(({ events }) => {
      const last = events.findLast(({ event }) => event.type === 'transitioned')?.event;
      return last?.type === 'transitioned' ? last.to : 'new';
    });
    for (const state of ['new', 'in_progress', 'on_hold', 'resolved', 'closed'])
      expect(states).toContain(state);
    expect(
      ['desk', 'incident'].filter(isTicketProcess).flatMap((process) => lifecycleOf(process).states),
    ).toEqual(expect.arrayContaining([...new Set(states)]));
    const active = histories.filter(({ events }) => NOW - (events.at(-1)?.at ?? 0) < 10 * 60_000);
    expect(active.length).toBeGreaterThan(10);
  });

  test('its clocks were served all along: nothing is left to speak up about', () => {
    const directory = demoDirectory(cast);
    const open = histories.map(({ id, events }) => {
      const [first] = events;
      const process = first?.event.type === 'created' ? first.event.process : 'desk';
      const { evolve } = deciderOf(process);
      return events.reduce<Ticket | null>(
        (ticket, { event, actor, at }, index) =>
          evolve(ticket, { seq: 0, version: index + 1, event, actor, at, clientAt: at }, id),
        null,
      );
    });
    const late = open.flatMap((ticket) =>
      ticket === null ? [] : thresholdsAhead(ticket, directory).filter(({ at }) => at <= NOW),
    );
    expect(late).toEqual([]);
    expect(open.filter((ticket) => (ticket?.escalation?.level ?? 0) > 0).length).toBeGreaterThan(10);
  });

  test('the same seed makes the same organisation', () => {
    expect(demonstration().histories.map((history) => history.events.length)).toEqual(
      histories.map((history) => history.events.length),
    );
  });
});
