/** Changes of the demonstration: rules, standard changes, and a quarter of them. */
import type { ChangeTemplate, TemplateFields } from '@muster/domain/change';
import { Random } from '../random.ts';
import type { Store } from '../../store/store.ts';
import type { Cast } from '../people.ts';
import { playChange, tasksOf, taskId } from './play.ts';
import { Player } from './player.ts';
import { quarterOf } from './quarter.ts';
import type { PlannedChange } from './quarter.ts';
import { windows } from './rules.ts';
import { SteppedTime } from './stepped-time.ts';
import { STANDARD_SUBJECTS } from './subjects/index.ts';
import { changesTonight } from './tonight.ts';

const DAY = 24 * 60 * 60 * 1000;

/** Something that looks at all changes at a moment. */
export interface Interlude {
  readonly at: number;
  readonly happens: () => Promise<void>;
}

/**
 * @param more Changes beside those of the quarter and of tonight
 * @param interludes In the order of their times
 */
export async function fillChanges(
  store: Store,
  cast: Cast,
  now: number,
  more: readonly PlannedChange[],
  interludes: readonly Interlude[],
): Promise<void> {
  await proposeTemplates(store, cast, now);
  const planned = [...quarterOf(windows(now), now), ...changesTonight(now), ...more];
  const time = new SteppedTime();
  const lives = planned.map((plan) =>
    // the template of standard changes counts them and how they ended
    time.play(plan.template ?? plan.key, (until) => playChange(store, cast, plan, now, until)),
  );
  const all = Promise.all(lives);
  // a life that fails is told when all have ended
  all.catch(() => undefined);
  for (const { at, happens } of interludes) {
    await time.reach(at);
    await happens();
  }
  await time.reach(Infinity);
  await all;
}

/** Written by somebody of the team, and approved by its lead; the last waits for its approval. */
async function proposeTemplates(store: Store, cast: Cast, now: number): Promise<void> {
  const at = now - 120 * DAY;
  const random = new Random(1);
  for (const subject of STANDARD_SUBJECTS) {
    const team =
      subject.key === 'firewall' ? 'Network' : subject.key === 'certificate' ? 'Platform' : 'Workplace';
    const { team: owning, members } = cast.team(team);
    const [lead, ...others] = members;
    if (lead === undefined) throw new Error(`nobody in ${team}`);
    const key = `template-${subject.key}`;
    const fields: TemplateFields = {
      name: subject.title,
      outage: subject.outage,
      plans: { implementation: subject.steps.join('\n'), backout: subject.back },
      tasks: tasksOf(subject, key).map((task, index) => ({ id: taskId(key, index), ...task })),
      riskInput: {
        answers: { tested: 'yes', backout: 'rehearsed', experience: 'often', reach: 'team' },
        likelihood: 1,
        impact: 2,
      },
      minutes: subject.minutes,
      team: owning.id,
    } satisfies Partial<ChangeTemplate>;
    const player = new Player(store, key, now);
    await player.actOnTemplate(random.pick(others), at, { verb: 'propose', fields });
    await player.actOnTemplate(lead, at + DAY, { verb: 'approve', revision: 1 });
  }
}
