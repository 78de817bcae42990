import { serviceId } from '@muster/domain/shared';
import type { Actor, Directory, Level, RecordId, TicketAct, TicketProcess } from '@muster/domain/shared';
import type { History } from '../store/store.ts';
import { stableId, stableRecordId } from '../import/stable-id.ts';
import type { Parts } from './configuration/parts.ts';
import { DEMO_SERVICES } from './organisation.ts';
import type { DemoService, DemoTeamName } from './organisation.ts';
import type { Cast } from './people.ts';
import type { Random } from './random.ts';
import { Script } from './script.ts';
import { PLACES, SITUATIONS } from './situations/index.ts';
import type { Situation } from './situations/index.ts';
import { serviceNameOf } from './situations/service-of.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const WINDOW = 60 * DAY;

export const DEMO_SOURCE = 'demo';
export const DEMO_RECORDS = 1500;
/** Of these, so many are at work within the last minutes. */
const ACTIVE_NOW = 30;

interface Scene {
  readonly script: Script;
  readonly random: Random;
  readonly requester: Actor;
  readonly desk: Actor;
  readonly expert: Actor;
  readonly situation: Situation;
  readonly service: DemoService;
  /** What it is about, as far as that is known when it is made. */
  readonly items: readonly RecordId[];
  readonly team: DemoTeamName;
  /** Typical wait between two acts. */
  readonly paceMs: number;
  /** How likely a ticket rests where it could, from 0 to 1: old ones have nearly all been finished. */
  readonly rest: number;
}

export const demoServiceId = (service: DemoService) => serviceId(stableId('demo', 'service', service.name));

/** Acts out all records of the demonstration, oldest first. */
export function demoHistories(
  cast: Cast,
  directory: Directory,
  random: Random,
  now: number,
  parts: Parts = new Map(),
): History[] {
  const starts = Array.from({ length: DEMO_RECORDS }, (_, index) =>
    index < ACTIVE_NOW
      ? now - random.between(4, 50) * MINUTE
      : now - HOUR - Math.floor(random.next() ** 2 * WINDOW),
  ).sort((a, b) => a - b);
  return starts.map((from, index) => demoHistory(cast, directory, random, { from, now, index, parts }));
}

function demoHistory(
  cast: Cast,
  directory: Directory,
  random: Random,
  at: { from: number; now: number; index: number; parts: Parts },
): History {
  const drawn = random.pick(DEMO_SERVICES);
  const situation = random.pick(SITUATIONS[drawn.category] ?? []);
  const about = serviceNameOf(situation.title);
  const service = DEMO_SERVICES.find(({ name }) => name === about) ?? drawn;
  const process: TicketProcess = situation.kind === 'incident' ? 'incident' : 'desk';
  const externalId = `demo-${at.index + 1}`;
  const id = stableRecordId(DEMO_SOURCE, externalId);
  // what the desk can answer itself it keeps
  const team = random.chance(0.25) ? 'Service Desk' : service.team;
  const script = new Script({ process, target: id, directory, from: at.from, until: at.now });
  const scene: Scene = {
    script,
    random,
    situation,
    service,
    items: situation.kind === 'incident' ? itemsOf(at.parts.get(service.name) ?? [], at.index) : [],
    requester: random.chance(0.5)
      ? random.pick(cast.requesters)
      : random.pick(cast.team(random.pick(ANY_TEAM)).members),
    desk: random.pick(cast.team('Service Desk').members),
    team,
    expert: random.pick(cast.team(team).members),
    paceMs: at.now - at.from < HOUR ? 3 * MINUTE : random.pick([20 * MINUTE, HOUR, 4 * HOUR]),
    rest: at.now - at.from < 2 * DAY ? 1 : at.now - at.from < 6 * DAY ? 0.4 : 0.03,
  };
  playOut(scene, process, cast);
  script.rest();
  return { source: DEMO_SOURCE, externalId, id, number: null, events: script.events };
}

/** Of every third incident, one part of its service; one of them more often than the others. */
function itemsOf(parts: readonly RecordId[], index: number): readonly RecordId[] {
  if (index % 3 !== 0) return [];
  return parts.slice(index % 2 === 0 ? 0 : index % parts.length).slice(0, 1);
}

const BY_DESK = ['phone', 'phone', 'email', 'chat'] as const;
const BY_REQUESTER = ['portal', 'portal', 'email', 'chat'] as const;

const ANY_TEAM = ['Workplace', 'Business Applications', 'Data and Reporting', 'Service Desk'] as const;

/** The usual life of a ticket, with the places where it may rest for a while or for good. */
function playOut(scene: Scene, process: TicketProcess, cast: Cast): void {
  const { random } = scene;
  const rests = (probability: number): boolean => random.chance(probability * scene.rest);
  const steps: (() => boolean)[] = [
    () => create(scene),
    ...(process === 'desk' ? [() => by(scene, scene.desk, { verb: 'transition', to: 'triaged' })] : []),
    () => route(scene, cast),
    ...(process === 'desk' ? [() => by(scene, scene.desk, { verb: 'transition', to: 'assigned' })] : []),
    () => !rests(0.35) && by(scene, scene.expert, { verb: 'claim' }),
    () => by(scene, scene.expert, { verb: 'transition', to: 'in_progress' }),
    () => by(scene, scene.expert, { verb: 'reply', text: scene.situation.question }),
    () => !random.chance(0.5) || hold(scene),
    () => !rests(0.2) && by(scene, scene.requester, { verb: 'reply', text: scene.situation.answer }),
    () => by(scene, scene.expert, { verb: 'comment', text: scene.situation.note }),
    () => !random.chance(0.15) || watch(scene),
    () => !rests(0.3) && resolve(scene),
    () => !rests(0.5) && by(scene, scene.requester, { verb: 'transition', to: 'closed' }),
  ];
  for (const step of steps) if (!step()) return;
}

const by = (scene: Scene, actor: Actor, act: TicketAct): boolean =>
  scene.script.act(actor, act, scene.random.delay(scene.paceMs));

function create(scene: Scene): boolean {
  const { random, situation, service } = scene;
  const place = random.pick(PLACES);
  const level = (low: number): Level => Math.min(3, Math.max(1, low)) as Level;
  return scene.script.act(
    situation.kind === 'incident' ? scene.desk : scene.requester,
    {
      verb: 'create',
      kind: situation.kind,
      title: situation.title.replace('{place}', place),
      description: situation.text.replace('{place}', place),
      impact: level(service.criticality === 1 ? random.between(1, 3) : random.between(2, 3)),
      urgency: level(random.between(1, 3)),
      requester: scene.requester.id,
      service: demoServiceId(service),
      category: service.category,
      team: null,
      ...(scene.items.length > 0 && { items: scene.items }),
      channel: random.pick(situation.kind === 'incident' ? BY_DESK : BY_REQUESTER),
      tags: random.chance(0.12)
        ? [random.pick(['vip', 'new-starter', 'audit', 'warehouse', 'month-end'])]
        : [],
    },
    0,
  );
}

/** Hands the ticket to the team that works on it, where creating it has not done so. */
function route(scene: Scene, cast: Cast): boolean {
  const team = cast.team(scene.team).team.id;
  return scene.script.state?.team === team || by(scene, scene.desk, { verb: 'assign', team, owner: null });
}

/** Whom an escalation called watches already, also one that falls into the while before. */
function watch({ script, random, paceMs, desk }: Scene): boolean {
  if (!script.wait(random.delay(paceMs))) return false;
  return script.state?.watchers.includes(desk.id) === true || script.act(desk, { verb: 'watch' }, 0);
}

function hold(scene: Scene): boolean {
  return by(scene, scene.expert, {
    verb: 'transition',
    to: 'on_hold',
    holdReason: scene.random.pick(['caller', 'caller', 'vendor', 'change']),
    reason: 'Waiting for an answer before going on.',
  });
}

function resolve(scene: Scene): boolean {
  const { situation, script } = scene;
  if (
    script.state?.state === 'on_hold' &&
    !by(scene, scene.expert, { verb: 'transition', to: 'in_progress' })
  )
    return false;
  return by(scene, scene.expert, {
    verb: 'transition',
    to: 'resolved',
    code: situation.code,
    notes: situation.notes,
  });
}
