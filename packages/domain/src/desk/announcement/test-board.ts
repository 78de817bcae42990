/** For tests: announcements with their history, as the server keeps them. Nothing here is used when serving. */
import { recordId } from '../../shared/index.ts';
import type { Actor, Recorded } from '../../shared/index.ts';
import { DIRECTORY, VPN, actor } from '../../shared/test-support/organisation.ts';
import { SYSTEM_ACTOR } from '../../shared/index.ts';
import type { AnnouncementAct, AnnouncementEvent } from './acts.ts';
import type { Announcement, AnnouncementFields } from './announcement.ts';
import { decideAnnouncement } from './decide.ts';
import type { AnnouncementAnswer } from './decide.ts';
import { evolveAnnouncement } from './evolve.ts';
import { dueByClock } from './notices.ts';

export const HOUR = 3_600_000;
export const NOW = Date.UTC(2026, 5, 1, 9);

export const PLANNED: AnnouncementFields = {
  kind: 'planned-outage',
  title: 'VPN is renewed',
  message: 'Nobody can dial in for two hours.',
  services: [VPN],
  beginsAt: NOW + 100 * HOUR,
  endsAt: NOW + 102 * HOUR,
  public: false,
  audience: [],
};

export const OUTAGE: AnnouncementFields = { ...PLANNED, kind: 'outage', beginsAt: null, endsAt: null };

export class Board {
  now = NOW;
  readonly target = recordId('a1');
  state: Announcement | null = null;
  readonly history: Recorded<AnnouncementEvent>[] = [];

  get it(): Announcement {
    if (this.state === null) throw new Error('nothing was announced');
    return this.state;
  }

  /** Runs an act as somebody; `basis` is the version that they had seen, the present one unless said. */
  run(who: string, act: AnnouncementAct, basis = this.state?.version ?? 0): AnnouncementAnswer {
    const by: Actor = who === 'system' ? SYSTEM_ACTOR : actor(who);
    const answer = decideAnnouncement(this.state, act, {
      actor: by,
      now: this.now,
      target: this.target,
      since: this.history.filter(({ version, actor: author }) => version > basis && author !== by.id),
      services: DIRECTORY.services,
      teams: DIRECTORY.teams,
    });
    for (const event of answer.ok ? answer.value.events : []) {
      const at = this.now;
      this.state = evolveAnnouncement(this.state, event, { actor: by.id, at }, this.target);
      const { version } = this.state;
      this.history.push({ seq: version, version, event, actor: by.id, at, clientAt: at });
    }
    return answer;
  }

  /** Lets time come to `now` and the clock do what is due. */
  tick(now: number): void {
    this.now = now;
    for (let due = dueByClock(this.it, now); due !== null; due = dueByClock(this.it, now)) {
      const answer = this.run('system', due);
      if (!answer.ok) throw new Error(answer.refusal.code);
    }
  }

  get told(): readonly string[] {
    return this.it.told.map(({ revision, notice }) => `${revision} ${notice}`);
  }
}

/** An announcement that has come to a state by the steps of people. */
export function announced(fields: AnnouncementFields, ...steps: readonly Announcement['state'][]): Board {
  const board = new Board();
  board.run('lea', { verb: 'create', fields });
  for (const to of steps) {
    const answer = board.run('lea', { verb: 'step', to });
    if (!answer.ok) throw new Error(answer.refusal.code);
  }
  return board;
}
