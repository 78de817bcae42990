import { describe, expect, test } from 'vitest';
import { recordId } from '../../shared/index.ts';
import type { Actor, ItemStanding, Permission, RecordId } from '../../shared/index.ts';
import { DIRECTORY, actor } from '../../shared/test-support/organisation.ts';
import type { AnnouncementAct } from './acts.ts';
import { withoutItems } from './announcement.ts';
import type { Announcement } from './announcement.ts';
import { decideAnnouncement } from './decide.ts';
import { evolveAnnouncement } from './evolve.ts';
import { NOW, PLANNED, announced } from './test-board.ts';

const [HOST, FEED, OLD] = ['host', 'feed', 'old'].map(recordId) as [RecordId, RecordId, RecordId];
const STANDINGS: ReadonlyMap<RecordId, ItemStanding> = new Map([
  [HOST, 'live'],
  [FEED, 'live'],
  [OLD, 'retired'],
]);

function authorWith(...more: readonly Permission[]): Actor {
  return { ...actor('lea'), permissions: new Set<Permission>(['desk.announce', ...more]) };
}

const reader = authorWith('configuration.read');

function decide(state: Announcement | null, act: AnnouncementAct, by = reader) {
  return decideAnnouncement(state, act, {
    ...{ actor: by, now: NOW, target: recordId('a1'), since: [] },
    ...{ services: DIRECTORY.services, teams: DIRECTORY.teams },
    itemStanding: (item) => STANDINGS.get(item) ?? null,
  });
}

function after(state: Announcement | null, act: AnnouncementAct): Announcement {
  const answer = decide(state, act);
  if (!answer.ok) throw new Error(answer.refusal.code);
  const by = { actor: reader.id, at: NOW };
  const made = answer.value.events.reduce<Announcement | null>(
    (so, event) => evolveAnnouncement(so, event, by, recordId('a1')),
    state,
  );
  if (made === null) throw new Error('nothing was made');
  return made;
}

const create = (...items: readonly RecordId[]) =>
  ({ verb: 'create', fields: { ...PLANNED, items } }) as const satisfies AnnouncementAct;
const edit = (...items: readonly RecordId[]) =>
  ({ verb: 'edit', fields: { items } }) as const satisfies AnnouncementAct;

describe('items of an announcement', () => {
  test('[CFG-67] are such as there are, each once, and none that is retired', () => {
    expect(after(null, create(HOST, FEED, HOST)).items).toEqual([HOST, FEED]);
    expect(decide(null, create(recordId('nowhere')))).toMatchObject({
      refusal: { code: 'desk/unknown-item', item: 'nowhere' },
    });
    expect(decide(null, create(HOST, OLD))).toMatchObject({
      refusal: { code: 'desk/item-retired', item: OLD },
    });
    const many = Array.from({ length: 201 }, (_, place) => recordId(`i${place}`));
    expect(decide(null, create(...many))).toMatchObject({
      refusal: { code: 'desk/invalid-value', field: 'items', value: 201 },
    });
  });

  test('[CFG-67] stay named when they are retired later, and are named anew by nobody', () => {
    const stood: Announcement = { ...after(null, create(HOST)), items: [OLD] };
    expect(after(stood, edit(OLD, HOST)).items).toEqual([OLD, HOST]);
    expect(decide({ ...stood, items: [] }, edit(OLD)).ok).toBe(false);
    expect(after(stood, edit()).items).toEqual([]);
  });

  test('[CFG-67] are named and taken away by whoever reads the configuration alone', () => {
    const stood = after(null, create(HOST));
    const blind = authorWith();
    for (const act of [edit(HOST, FEED), edit()])
      expect(decide(stood, act, blind)).toMatchObject({
        refusal: { code: 'desk/not-permitted', permission: 'configuration.read' },
      });
    expect(decide(null, create(HOST), blind).ok).toBe(false);
    expect(decide(null, create(), blind).ok).toBe(true);
    expect(decide(stood, { verb: 'edit', fields: { title: 'Later' } }, blind).ok).toBe(true);
  });

  test('[CFG-67] one of before names none, which nothing changes', () => {
    const before = announced(PLANNED).it;
    expect(before.items).toBeUndefined();
    expect(decide(before, edit())).toMatchObject({ refusal: { code: 'desk/nothing-to-change' } });
    expect(after(before, edit(HOST)).services).toEqual(before.services);
  });

  test('[CFG-69] are left out of what everybody is told', () => {
    const stood = after(null, { verb: 'create', fields: { ...create(HOST).fields, services: [] } });
    expect(withoutItems(stood)).toEqual(
      after(null, { verb: 'create', fields: { ...PLANNED, services: [] } }),
    );
  });
});
