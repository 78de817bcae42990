import { stableRecordId } from '../../import/stable-id.ts';
import { SYSTEM_ACTOR, isCalling, nextInCall } from '@muster/domain/shared';
import type { Actor, Directory, RecordId } from '@muster/domain/shared';
import type { History } from '../../store/store.ts';
import { DEMO_SERVICES } from '../organisation.ts';
import type { Cast } from '../people.ts';
import { Script } from '../script.ts';
import { DEMO_SOURCE, demoServiceId } from '../tickets.ts';
import type { MajorScene, Part } from './scene.ts';
import { MAJOR_SCENES } from './scenes.ts';

const MINUTE_MS = 60_000;

/** A major incident with its people in their parts, and when it began. */
export interface StagedMajor {
  readonly scene: MajorScene;
  readonly id: RecordId;
  readonly from: number;
  readonly people: Readonly<Record<Part, Actor>>;
  readonly caller: Actor;
}

export function stageMajors(cast: Cast, now: number): readonly StagedMajor[] {
  return MAJOR_SCENES.map((scene, index) => ({
    scene,
    id: stableRecordId(DEMO_SOURCE, `major-${scene.key}`),
    from: now - scene.startedMinutesAgo * MINUTE_MS,
    people: partsOf(cast, scene),
    caller: seat(cast.requesters, index),
  }));
}

/** Acts the incidents out by the product's own rules, as every record of the demonstration. */
export function majorHistories(staged: readonly StagedMajor[], directory: Directory, now: number): History[] {
  return staged.map(({ scene, id, from, people, caller }) => {
    const script = new Script({ process: 'incident', target: id, directory, from, until: now });
    const service = DEMO_SERVICES.find(({ name }) => name === scene.service);
    if (service === undefined) throw new Error(`no service ${scene.service} in the demonstration`);
    script.act(
      people.commander,
      {
        verb: 'create',
        kind: 'incident',
        title: scene.title,
        description: scene.description,
        impact: 1,
        urgency: scene.severity === 1 ? 1 : 2,
        requester: caller.id,
        service: demoServiceId(service),
        category: service.category,
        team: null,
        channel: 'phone',
        major: { severity: scene.severity },
      },
      0,
    );
    if (scene.call !== undefined) {
      script.act(SYSTEM_ACTOR, { verb: 'begin-call', team: null, cause: 'major' }, 0);
    }
    for (const [minute, who, act] of stepsOf(scene, people)) {
      const at = from + minute * MINUTE_MS;
      goOnCalling(script, at);
      script.act(people[who], act, at - script.at);
    }
    script.rest();
    return { source: DEMO_SOURCE, externalId: `major-${scene.key}`, id, number: null, events: script.events };
  });
}

/** What the clock of calls does until then. */
function goOnCalling(script: Script, until: number): void {
  for (;;) {
    const call = script.state?.calls.find(isCalling);
    const next = call === undefined ? null : nextInCall(call);
    if (call === undefined || next === null || next.at > until) return;
    const { round, step, at } = next;
    script.act(SYSTEM_ACTOR, { verb: 'take-call-step', call: call.id, round, step }, at - script.at);
  }
}

function stepsOf(scene: MajorScene, people: Readonly<Record<Part, Actor>>): MajorScene['acts'] {
  const given = scene.roles.map(
    ([minute, role, who]) =>
      [minute, 'commander', { verb: 'assign-role', role, person: people[who].id }] as const,
  );
  const answered =
    scene.call === undefined
      ? []
      : [[scene.call[0], scene.call[1], { verb: 'acknowledge-call', team: null }] as const];
  return [...scene.acts, ...given, ...answered].sort(([a], [b]) => a - b);
}

function partsOf(cast: Cast, { team }: MajorScene): Readonly<Record<Part, Actor>> {
  const crew = cast.team(team).members;
  const desk = cast.team('Service Desk').members;
  return {
    commander: seat(crew, 0),
    second: seat(crew, 1),
    expert: seat(crew, 2),
    scribe: seat(desk, 2),
    desk: seat(desk, 3),
    manager: seat(desk, 0),
  };
}

function seat(members: readonly Actor[], index: number): Actor {
  const actor = members[index];
  if (actor === undefined) throw new Error(`the demonstration has no seat ${index} among ${members.length}`);
  return actor;
}
