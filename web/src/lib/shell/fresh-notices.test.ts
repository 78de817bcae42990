import { decideAnnouncement, evolveAnnouncement } from '@muster/domain/desk';
import type { Announcement, AnnouncementAct } from '@muster/domain/desk';
import { SYSTEM_ACTOR, recordId } from '@muster/domain/shared';
import { describe, expect, it } from 'vitest';
import { freshNotices } from './fresh-notices.ts';

const NOON = Date.UTC(2026, 10, 23, 12);

/** An outage that is announced at noon; each further act an hour after the one before. */
function outage(id: string, ...acts: readonly AnnouncementAct[]): Announcement {
  const fields = {
    kind: 'outage',
    title: id,
    message: '',
    services: [],
    beginsAt: null,
    endsAt: null,
    public: false,
    audience: [],
  } as const;
  const target = recordId(id);
  const all: readonly AnnouncementAct[] = [
    { verb: 'create', fields },
    { verb: 'step', to: 'in_progress' },
    ...acts,
  ];
  const made = all.reduce<Announcement | null>((state, act, index) => {
    const now = NOON + Math.max(0, index - 1) * 3_600_000;
    const around = { actor: SYSTEM_ACTOR, now, target, since: [], services: new Map(), teams: new Map() };
    const answer = decideAnnouncement(state, act, around);
    if (!answer.ok) throw new Error(answer.refusal.code);
    const by = { actor: SYSTEM_ACTOR.id, at: now };
    return answer.value.events.reduce<Announcement | null>(
      (so, event) => evolveAnnouncement(so, event, by, target),
      state,
    );
  }, null);
  if (made === null) throw new Error('nothing was made');
  return made;
}

describe('news of announcements', () => {
  it('is what was told after somebody last heard, oldest first', () => {
    const early = outage('early');
    const late = outage('late', { verb: 'step', to: 'verifying' }, { verb: 'step', to: 'completed' });
    const told = (since: number) =>
      freshNotices([late, early], since, []).map(({ announcement, notice }) => [
        announcement.title,
        notice.notice,
      ]);
    expect(told(NOON - 1)).toEqual([
      ['early', 'publication'],
      ['late', 'end'],
    ]);
    expect(told(NOON)).toEqual([['late', 'end']]);
    expect(told(NOON + 9 * 3_600_000)).toEqual([]);
  });
});
