/** Changes of the demonstration: rules, standard changes, and a quarter of them. */
import type { ChangeTemplate, TemplateFields } from '@muster/domain/change';
import { Random } from '../random.ts';
import type { Store } from '../../store/store.ts';
import type { Cast } from '../people.ts';
import { playChange, tasksOf, taskId } from './play.ts';
import { Player } from './player.ts';
import { quarterOf } from './quarter.ts';
import { setRules, windows } from './rules.ts';
import { STANDARD_SUBJECTS } from './subjects/index.ts';
import { changesTonight } from './tonight.ts';

const DAY = 24 * 60 * 60 * 1000;
/** Played beside each other: their commits are made together. */
const AT_ONCE = 24;

export async function fillChanges(store: Store, cast: Cast, now: number): Promise<void> {
  await setRules(store, cast, now);
  await proposeTemplates(store, cast, now);
  const planned = [...quarterOf(windows(now), now), ...changesTonight(now)];
  for (let from = 0; from < planned.length; from += AT_ONCE) {
    const some = planned.slice(from, from + AT_ONCE);
    await Promise.all(some.map((plan) => playChange(store, cast, plan, now)));
  }
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
