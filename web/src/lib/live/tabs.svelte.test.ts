import { recordId } from '@muster/domain/shared';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { until } from '../connection/test-support/until.ts';
import { ANA, BEN, incident, incidents, openDesk } from './test-support/desk.ts';

let desk: ReturnType<typeof openDesk>;
const R1 = recordId('R00001');
const R2 = recordId('R00002');

beforeEach(() => {
  desk = openDesk();
  desk.put(...incidents(2));
});

afterEach(async () => {
  await desk.close();
});

async function twoTabs() {
  const tabs = [desk.signIn(), desk.signIn()] as const;
  await until(() => tabs.every((tab) => tab.saving.connection === 'live'), 'both live');
  return tabs;
}

describe('two tabs of one person', () => {
  it('both show what one of them did, and send it once', async () => {
    const [left, right] = await twoTabs();
    desk.reach(false);
    await left.commands.run('incident', R1, { verb: 'claim' }).kept;
    await until(() => right.tickets.get(R1)?.pending === 1, 'pending in the other tab');
    expect(right.tickets.get(R1)?.owner).toBe(ANA.id);
    expect(right.saving.waiting).toBe(1);
    desk.reach(true);
    right.saving.retry();
    left.saving.retry();
    await until(() => left.saving.waiting === 0 && right.saving.waiting === 0, 'sent');
    expect(desk.sent).toHaveLength(1);
    desk.put(incident('R00001', { owner: ANA.id, version: 2 }));
    await until(() => right.tickets.get(R1)?.pending === 0, 'answered in both');
  });

  it('answer the tab that asked when the other one sent', async () => {
    const [left, right] = await twoTabs();
    const sent = [
      left.commands.run('incident', R1, { verb: 'claim' }),
      right.commands.run('incident', R2, { verb: 'claim' }),
    ];
    expect(await Promise.all(sent.map((each) => each.settled))).toEqual([
      { outcome: 'applied', version: 2 },
      { outcome: 'applied', version: 2 },
    ]);
    expect(new Set(desk.sent.map((command) => command.target))).toEqual(new Set([R1, R2]));
  });

  it('send what a closed tab left behind', async () => {
    const [left, right] = await twoTabs();
    desk.reach(false);
    await left.commands.run('incident', R1, { verb: 'claim' }).kept;
    await left.close();
    desk.reach(true);
    right.saving.retry();
    await until(() => desk.sent.length > 0, 'sent by the other tab');
    // what the closed tab had under way may have gone too: the id makes a repetition harmless
    expect(new Set(desk.sent.map(({ id }) => id)).size).toBe(1);
    expect(desk.sent[0]).toMatchObject({ type: 'incident.claim', target: R1 });
  });

  it('both show an act that was refused', async () => {
    const [left, right] = await twoTabs();
    desk.answer(({ id }) => ({
      id,
      outcome: 'refused',
      refusal: { code: 'incident/already-claimed', owner: BEN.id, at: 5 },
    }));
    await left.commands.run('incident', R1, { verb: 'claim' }).settled;
    await until(() => left.attention.items.length === 1 && right.attention.items.length === 1, 'in both');
    expect(right.attention.items[0]).toMatchObject({ kind: 'refused', act: { verb: 'claim' } });
  });
});
