import { describe, expect, test } from 'vitest';
import { personId, teamId } from '../ids.ts';
import { PAYROLL, id } from '../test-support/organisation.ts';
import { onCallAt } from './on-call.ts';
import { KEPT_ENDED_MS, MOST_ENDED, MOST_OPEN } from './schedule.ts';
import { FORM, NOON, Rota, askSwap, dayAfter, rota, takeOver } from './test-rota.ts';
import { DAY, HOUR, layer } from './test-schedules.ts';

const refusedFor = (code: string, facts: object = {}) => ({
  ok: false,
  refusal: { code: `desk/${code}`, ...facts },
});

const toldTo = (person: string, kind: string, detail: object = {}) => ({
  value: { tell: [{ person: id(person), kind, detail }] },
});

describe('whose schedule it is', () => {
  test('[DSK-135] for who is not of the staff there is none', () => {
    const network = rota();
    const hidden = network.run('rita', takeOver('rita', dayAfter(1)));
    network.state = null;
    expect(network.run('rita', takeOver('rita', dayAfter(1)))).toEqual(hidden);
    expect(hidden).toMatchObject(refusedFor('no-such-schedule'));
  });

  test('[DSK-136] the lead of its team sets it up and takes it away, other staff do not', () => {
    const network = rota();
    for (const verb of ['create', 'change'] as const)
      expect(network.run('ana', { verb, form: FORM })).toMatchObject(refusedFor('not-permitted'));
    expect(network.run('ana', { verb: 'remove' })).toMatchObject(refusedFor('not-permitted'));
    expect(network.run('lea', { verb: 'change', form: { ...FORM, team: PAYROLL } })).toMatchObject(
      refusedFor('not-permitted'),
    );
    expect(new Rota().run('lea', { verb: 'create', form: { ...FORM, team: null } })).toMatchObject(
      refusedFor('not-permitted'),
    );
    expect(network.run('lea', { verb: 'remove' })).toMatchObject({ ok: true });
    expect(network.run('ana', takeOver('ana', dayAfter(1)))).toMatchObject(refusedFor('no-such-schedule'));
  });

  test.each([
    [{ name: ' ' }, 'missing-field', { field: 'name' }],
    [{ zone: 'Europe/Atlantis' }, 'invalid-value', { field: 'zone' }],
    [{ cover: { weekdays: [], from: 0, to: 60 } }, 'invalid-value', { field: 'cover' }],
    [{ layers: [] }, 'missing-field', { field: 'layers' }],
    [{ layers: [layer({ people: [] })] }, 'invalid-value', { field: 'people', layer: 'Layer' }],
    [{ layers: [layer({ people: [personId('nobody')] })] }, 'unknown-person', { person: 'nobody' }],
    [{ layers: [layer({ people: [personId('gone')] })] }, 'unknown-person', { person: 'gone' }],
    [{ layers: [layer({ people: [personId('rita')] })] }, 'unknown-person', { person: 'rita' }],
    [{ layers: [layer({ length: 0 })] }, 'invalid-value', { field: 'length' }],
    [{ layers: [layer({ handoverAt: 1440 })] }, 'invalid-value', { field: 'handover' }],
    [{ layers: [layer({ startsOn: '2026-02-30' })] }, 'invalid-value', { field: 'startsOn' }],
    [
      { layers: [layer({ hours: { weekdays: [8], from: 0, to: 60 } })] },
      'invalid-value',
      { field: 'hours', layer: 'Layer' },
    ],
    [{ layers: [layer(), layer()] }, 'invalid-value', { field: 'layers' }],
  ] as const)('[DSK-136] a form with %o is refused by name', (fault, code, facts) => {
    expect(rota().run('lea', { verb: 'change', form: { ...FORM, ...fault } })).toMatchObject(
      refusedFor(code, facts),
    );
  });

  test('[DSK-136] a team that is not there is refused', () => {
    const form = { ...FORM, team: teamId('moon') };
    expect(new Rota().run('lea', { verb: 'create', form })).toMatchObject(refusedFor('not-permitted'));
  });

  test('[DSK-137] of two who change the form at once the first stands, and the other is told of them', () => {
    const network = rota();
    const basis = network.it.version;
    network.run('lea', { verb: 'change', form: { ...FORM, name: 'Net' } });
    network.history[1] = { ...network.history[1], actor: id('bo') } as (typeof network.history)[1];
    expect(network.run('lea', { verb: 'change', form: FORM }, basis)).toMatchObject(
      refusedFor('schedule-changed', { by: 'bo', at: NOON }),
    );
    expect(network.run('lea', takeOver('lea', dayAfter(1)), basis)).toMatchObject({ ok: true });
  });
});

describe('taking over', () => {
  test('[DSK-138] people of the schedule take over, from now on at the earliest, and who is relieved hears of it', () => {
    const network = rota();
    const answer = network.run('bo', takeOver('bo', { from: NOON - HOUR, to: NOON + HOUR }));
    expect(answer).toMatchObject(toldTo('ana', 'shift-changed', { isOn: false, by: id('bo'), from: NOON }));
    expect([NOON - 1, NOON, NOON + HOUR].flatMap((at) => onCallAt(network.it, at))).toEqual([
      id('ana'),
      id('bo'),
      id('ana'),
    ]);
  });

  test('[DSK-138] nobody is put on call by others but by who sets the schedule up', () => {
    const network = rota();
    expect(network.run('ana', takeOver('bo', dayAfter(2)))).toMatchObject(refusedFor('not-permitted'));
    expect(network.run('cem', takeOver('cem', dayAfter(2)))).toMatchObject(
      refusedFor('not-in-schedule', { person: id('cem') }),
    );
    const answer = network.run('lea', takeOver('ana', dayAfter(1)));
    expect(answer).toMatchObject({ value: { tell: [{ person: id('bo') }, { person: id('ana') }] } });
  });

  test.each([
    [{ from: NOON + HOUR, to: NOON + HOUR }, 'end-before-begin'],
    [{ from: NOON - 2 * HOUR, to: NOON - HOUR }, 'time-not-ahead'],
    [{ from: 1.5, to: NOON + HOUR }, 'invalid-value'],
    [{ from: NOON, to: NOON + 400 * DAY }, 'invalid-value'],
    [{ from: 0, to: Number.MAX_SAFE_INTEGER }, 'invalid-value'],
  ])('[DSK-138] %o is no time to take over', (span, code) => {
    expect(rota().run('bo', takeOver('bo', span))).toMatchObject(refusedFor(code));
  });

  test('[DSK-139] of two who take over the same time at once the first stands; who saw it may take over again', () => {
    const network = rota();
    const basis = network.it.version;
    network.run('bo', takeOver('bo', dayAfter(3)));
    const late = takeOver('ana', { from: dayAfter(3).from + HOUR, to: dayAfter(4).to });
    expect(network.run('ana', late, basis)).toMatchObject(
      refusedFor('shift-taken', { person: id('bo'), by: id('bo'), at: NOON }),
    );
    expect(network.run('ana', takeOver('ana', dayAfter(4)), basis)).toMatchObject({ ok: true });
    expect(network.run('ana', late)).toMatchObject({ ok: true });
    expect(onCallAt(network.it, dayAfter(3).from + HOUR)).toEqual([id('ana')]);
  });

  test('[DSK-138] an override ends early by its person or its author: what has begun stays, the rest goes back', () => {
    const network = rota();
    network.run('lea', takeOver('bo', { from: NOON, to: NOON + 4 * HOUR }, 'one'));
    network.now = NOON + HOUR;
    expect(network.run('ana', { verb: 'end-override', override: 'one' })).toMatchObject(
      refusedFor('not-permitted'),
    );
    const answer = network.run('bo', { verb: 'end-override', override: 'one' });
    expect(answer).toMatchObject(toldTo('ana', 'shift-changed', { isOn: true }));
    expect([NOON, NOON + HOUR].flatMap((at) => onCallAt(network.it, at))).toEqual([id('bo'), id('ana')]);
    expect(network.run('bo', { verb: 'end-override', override: 'one' })).toMatchObject(
      refusedFor('override-over'),
    );
  });
});

describe('swaps', () => {
  // Ana is on call on the day of NOON and three days later, Bo a day after her, Lea a day before
  test('[DSK-140] a swap changes nothing until the other accepts it, and both are told', () => {
    const network = rota();
    const asked = network.run('ana', askSwap('bo', dayAfter(3), dayAfter(4)));
    expect(asked).toMatchObject(toldTo('bo', 'swap-asked', { by: id('ana'), note: 'Dentist' }));
    expect(onCallAt(network.it, dayAfter(3).from)).toEqual([id('ana')]);
    const answer = network.run('bo', { verb: 'answer-swap', swap: 'swap', accept: true });
    expect(answer).toMatchObject(toldTo('ana', 'swap-answered', { accepted: true, by: id('bo') }));
    expect([3, 4, 5].flatMap((days) => onCallAt(network.it, dayAfter(days).from))).toEqual([
      id('bo'),
      id('ana'),
      id('lea'),
    ]);
  });

  test('[DSK-140] a declined or withdrawn swap is over, and changes nothing', () => {
    const network = rota();
    network.run('ana', askSwap('bo', dayAfter(3), null, 'one'));
    network.run('bo', { verb: 'answer-swap', swap: 'one', accept: false });
    network.run('ana', askSwap('lea', dayAfter(3), null, 'two'));
    network.run('ana', { verb: 'withdraw-swap', swap: 'two' });
    expect(network.it.swaps.map(({ state }) => state)).toEqual(['declined', 'withdrawn']);
    expect(network.run('lea', { verb: 'answer-swap', swap: 'two', accept: true })).toMatchObject(
      refusedFor('swap-over', { state: 'withdrawn' }),
    );
    expect(onCallAt(network.it, dayAfter(3).from)).toEqual([id('ana')]);
  });

  test('[DSK-140] only who is asked answers, and only who asks withdraws', () => {
    const network = rota();
    network.run('ana', askSwap('bo', dayAfter(3)));
    expect(network.run('lea', { verb: 'answer-swap', swap: 'swap', accept: true })).toMatchObject(
      refusedFor('not-permitted'),
    );
    expect(network.run('bo', { verb: 'withdraw-swap', swap: 'swap' })).toMatchObject(
      refusedFor('not-permitted'),
    );
  });

  test('[DSK-141] nobody gives away or takes what is not theirs', () => {
    const network = rota();
    expect(network.run('ana', askSwap('bo', dayAfter(1)))).toMatchObject(
      refusedFor('not-on-call', { person: id('ana') }),
    );
    expect(network.run('ana', askSwap('bo', dayAfter(3), dayAfter(5)))).toMatchObject(
      refusedFor('not-on-call', { person: id('bo') }),
    );
    expect(network.run('ana', askSwap('cem', dayAfter(3)))).toMatchObject(refusedFor('not-in-schedule'));
    expect(network.run('ana', askSwap('ana', dayAfter(3)))).toMatchObject(refusedFor('not-in-schedule'));
  });

  test('[DSK-139] of two who accept for the same time the first stands, and the other is told of them', () => {
    const network = rota();
    network.run('ana', askSwap('bo', dayAfter(3), null, 'one'));
    network.run('ana', askSwap('lea', dayAfter(3), null, 'two'));
    const basis = network.it.version;
    network.run('bo', { verb: 'answer-swap', swap: 'one', accept: true });
    expect(network.run('lea', { verb: 'answer-swap', swap: 'two', accept: true }, basis)).toMatchObject(
      refusedFor('shift-taken', { person: id('bo'), by: id('bo'), at: NOON }),
    );
  });

  test('[DSK-141] a swap is accepted for what is left of its time, and not when that is over', () => {
    const network = rota();
    network.run('ana', askSwap('bo', dayAfter(3)));
    network.now = dayAfter(3).from + HOUR;
    network.run('bo', { verb: 'answer-swap', swap: 'swap', accept: true });
    expect(onCallAt(network.it, network.now - 1)).toEqual([id('ana')]);
    expect(onCallAt(network.it, network.now)).toEqual([id('bo')]);
    const late = rota();
    late.run('ana', askSwap('bo', dayAfter(3)));
    late.now = dayAfter(4).from;
    expect(late.run('bo', { verb: 'answer-swap', swap: 'swap', accept: true })).toMatchObject(
      refusedFor('time-not-ahead'),
    );
  });
});

test('[DSK-131] what ended 90 days ago is left out of the schedule at its next change', () => {
  const network = rota();
  network.run('bo', takeOver('bo', { from: NOON, to: NOON + HOUR }));
  network.now = NOON + HOUR + KEPT_ENDED_MS;
  network.run('bo', takeOver('bo', { from: network.now, to: network.now + DAY }));
  expect(network.it.overrides.map(({ from }) => from)).toEqual([network.now]);
});

describe('how much is open', () => {
  const full = () => {
    const network = rota();
    for (let day = 1; day < MOST_OPEN; day += 1) network.run('lea', takeOver('lea', dayAfter(day), `${day}`));
    expect(network.run('lea', askSwap('ana', dayAfter(1)))).toMatchObject({ ok: true });
    return network;
  };

  test('[DSK-143] a full schedule takes neither an override nor a swap, until one is over', () => {
    const network = full();
    const more = takeOver('lea', dayAfter(MOST_OPEN));
    const swap = askSwap('ana', dayAfter(2), null, 'two');
    for (const act of [more, swap])
      expect(network.run('lea', act)).toMatchObject(refusedFor('too-many-open', { most: MOST_OPEN }));
    expect(network.it.overrides.length + network.it.swaps.length).toBe(MOST_OPEN);
    network.run('ana', { verb: 'answer-swap', swap: 'swap', accept: false });
    expect(network.run('lea', swap)).toMatchObject({ ok: true });
    expect(network.run('lea', more)).toMatchObject(refusedFor('too-many-open'));
    network.now = dayAfter(1).to;
    expect(network.run('lea', more)).toMatchObject({ ok: true });
  });

  test('[DSK-131] of swaps that were withdrawn and of time that is over the last ones stay', () => {
    const network = rota();
    for (let each = 0; each <= MOST_ENDED; each += 1) {
      network.run('ana', askSwap('bo', dayAfter(3), null, `swap ${each}`));
      network.run('ana', { verb: 'withdraw-swap', swap: `swap ${each}` });
      network.run('lea', takeOver('lea', { from: network.now, to: network.now + 1 }, `one ${each}`));
      network.now += 1;
    }
    network.run('lea', takeOver('lea', dayAfter(4), 'ahead'));
    const { overrides, swaps } = network.it;
    expect([swaps.length, swaps[0]?.id]).toEqual([MOST_ENDED, 'swap 1']);
    expect([overrides.length, overrides[0]?.id]).toEqual([MOST_ENDED + 1, 'one 1']);
    expect(overrides.at(-1)?.id).toBe('ahead');
  });
});
