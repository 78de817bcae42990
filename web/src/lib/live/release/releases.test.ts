import { releaseName } from '@muster/documents';
import { rowOfRelease, seedReleaseBoard, writeRelease, writeReleaseRow } from '@muster/documents/release';
import type { Change } from '@muster/domain/change';
import { DEFAULT_PHASES, release as decider } from '@muster/domain/release';
import type { Release, ReleaseAct, ReleaseFields, StepPlan } from '@muster/domain/release';
import { DEFAULT_MATRIX, permissionsOf, personId, recordId } from '@muster/domain/shared';
import type { Actor, CommandEnvelope, Directory, RecordId, Role } from '@muster/domain/shared';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import type { PendingCommand } from '../../connection/pending-command.ts';
import { Releases } from './releases.ts';
import type { ReleasesOptions } from './releases.ts';

const NOW = 1_780_000_000_000;
const WINTER = recordId('01R00000000000000000000001');
const SPRING = recordId('01R00000000000000000000002');
const [FIRST, SECOND] = ['01S00000000000000000000001', '01S00000000000000000000002'] as const;
const MEMBERS = Array.from({ length: 3 }, (_, index) => recordId(`01C0000000000000000000000${index}`));

const FIELDS: ReleaseFields = {
  ...{ kind: 'minor', title: 'Winter release', label: '2026.12', services: [], owner: null },
  ...{ pace: 'stages', beginsAt: NOW, endsAt: NOW + 3_600_000, hypercareHours: 48, rollbackTestedAt: null },
};

const DIRECTORY: Directory = {
  ...{ people: new Map(), teams: new Map(), services: new Map(), categories: [], matrix: DEFAULT_MATRIX },
  ...{ calendars: new Map(), agreements: [], majorRules: [], runbooks: new Map(), schedules: new Map() },
  chains: new Map(),
};

describe('releases on a device', () => {
  it('show own ticks without a network, and tell which steps wait', () => {
    const { releases, commands } = device('team-lead', [WINTER]);
    const open = releases.open(WINTER);
    const before = open.release;
    releases.run(WINTER, { verb: 'tick', step: FIRST });
    expect(open.step(FIRST)?.tick).toMatchObject({ person: 'ana' });
    expect([open.isStepPending(FIRST), open.isStepPending(SECOND), open.pending]).toEqual([true, false, 1]);
    expect(releases.get(WINTER)).toMatchObject({ stepsDone: 1, pending: 1 });
    expect(commands.map(({ envelope }) => envelope.type)).toEqual(['release.tick']);
    expect(before?.steps[0]?.tick).toBeNull();
  });

  it('keep the steps that did not change the same objects, whoever ticks another one', () => {
    const { releases, server } = device('team-lead', [WINTER]);
    const open = releases.open(WINTER);
    const second = open.step(SECOND);
    releases.run(WINTER, { verb: 'tick', step: FIRST });
    expect(open.step(SECOND)).toBe(second);
    server(WINTER, { verb: 'start-step', step: FIRST });
    expect(open.step(SECOND)).toBe(second);
  });

  it('let go of an act that was answered when its release arrives, though its row came before', () => {
    const { releases, commands, answer, server, showRow, showWhole } = device('team-lead', [WINTER]);
    const open = releases.open(WINTER);
    releases.run(WINTER, { verb: 'tick', step: FIRST });
    server(WINTER, { verb: 'tick', step: FIRST }, 'nothing');
    answer();
    showRow(WINTER);
    expect(commands).toHaveLength(1);
    showWhole(WINTER);
    expect(commands).toEqual([]);
    expect(open.step(FIRST)?.tick).not.toBeNull();
    expect(open.isStepPending(FIRST)).toBe(false);
  });

  it('hold nothing of a release whose making is refused here', async () => {
    const { releases, opened, commands } = device('requester', []);
    const sent = releases.run(SPRING, { verb: 'create', fields: FIELDS });
    expect(await sent.kept).toMatchObject({ outcome: 'refused' });
    expect([opened(), commands]).toEqual([[], []]);
    expect(releases.all).toEqual([]);
  });

  it('hold one that was made here while its acts wait, and not longer', () => {
    const { releases, opened, server, answer } = device('team-lead', []);
    releases.run(SPRING, { verb: 'create', fields: { ...FIELDS, title: 'Spring release' } });
    expect(releases.all).toMatchObject([{ id: SPRING, title: 'Spring release', number: null, pending: 1 }]);
    expect(opened()).toEqual([releaseName(SPRING)]);
    server(SPRING, { verb: 'create', fields: { ...FIELDS, title: 'Spring release' } });
    answer();
    expect(opened()).toEqual([]);
    expect(releases.all).toMatchObject([{ title: 'Spring release', pending: 0 }]);
  });

  it('leave a release alone when acts on another one move, and look at no changes for a tick', () => {
    const { releases, reads } = device('team-lead', [WINTER, SPRING]);
    const [winter, spring] = [releases.open(WINTER), releases.open(SPRING)];
    releases.run(WINTER, { verb: 'tick', step: FIRST });
    const shown = winter.release;
    releases.run(SPRING, { verb: 'tick', step: FIRST });
    expect(winter.release).toBe(shown);
    expect(spring.step(FIRST)?.tick).not.toBeNull();
    expect(reads()).toBe(0);
    expect(winter.facts().changes.size).toBe(MEMBERS.length);
  });

  it('work out what a member is to its release once, however often it is asked', () => {
    const { releases } = device('team-lead', [WINTER]);
    const open = releases.open(WINTER);
    const [one, other] = [open.facts(), open.facts()];
    for (const member of MEMBERS) expect(one.changes.get(member)).toBe(other.changes.get(member));
    releases.refold();
    expect(open.facts().changes.get(MEMBERS[0]!)).not.toBe(one.changes.get(MEMBERS[0]!));
  });
});

/** A device with a board of releases and whole ones, an outbox that nobody empties, and a server that acts as told. */
function device(role: Role, there: readonly RecordId[]) {
  const board = new Y.Doc();
  seedReleaseBoard(board);
  const wholes = new Map<string, Y.Doc>();
  const states = new Map<RecordId, Release>();
  const held = new Map<string, number>();
  const commands: PendingCommand[] = [];
  const listeners = new Set<() => void>();
  const changes = new Map(MEMBERS.map((id) => [id, aChange(id)]));
  let reads = 0;
  const actor: Actor = { id: personId('ana'), name: 'Ana', permissions: permissionsOf([role]), teams: [] };
  const tell = () => listeners.forEach((listener) => listener());
  const docOf = (name: string) => wholes.get(name) ?? wholes.set(name, new Y.Doc()).get(name)!;
  const handle = (name: string, doc: Y.Doc) => ({
    ...{ name, current: { doc, loaded: true }, onChange: () => () => undefined },
    release: () => held.set(name, (held.get(name) ?? 0) - 1),
  });

  const showRow = (id: RecordId) => writeReleaseRow(board, rowOfRelease(states.get(id)!));
  const showWhole = (id: RecordId) => writeRelease(docOf(releaseName(id)), states.get(id)!);
  /** What the server does; everything of it arrives, or nothing yet. */
  function server(id: RecordId, act: ReleaseAct, arrives: 'all' | 'nothing' = 'all'): void {
    const state = states.get(id) ?? null;
    const permissions = permissionsOf(['team-lead']);
    const verdict = decider.decide(state, act, {
      ...{ actor: { ...actor, permissions }, now: NOW, clientAt: NOW, target: id, since: [] },
      ...{ number: `REL-2026-0000${there.indexOf(id) + 1}`, related: new Map(), directory: DIRECTORY },
      facts: { changes: new Map(MEMBERS.map((each) => [each, factOf(each)])), incidents: new Map() },
    });
    if (!verdict.ok) throw new Error(JSON.stringify(verdict.refusal));
    const after = verdict.value.events.reduce<Release | null>((so, event) => {
      const version = (so?.version ?? 0) + 1;
      return decider.evolve(
        so,
        { ...{ seq: 0, version, event, at: NOW, clientAt: NOW }, actor: actor.id },
        id,
      );
    }, state);
    states.set(id, after!);
    if (arrives === 'nothing') return;
    showRow(id);
    showWhole(id);
  }

  for (const id of there) {
    server(id, { verb: 'create', fields: FIELDS });
    server(id, { verb: 'plan-phases', phases: DEFAULT_PHASES });
    server(id, { verb: 'add-changes', changes: MEMBERS });
    server(id, { verb: 'add-steps', steps: [aPlan(FIRST), aPlan(SECOND)] });
    server(id, { verb: 'transition', to: 'planning' });
    server(id, { verb: 'start-phase', phase: 'planning' });
  }
  const options = {
    actor,
    shelf: {
      open: (name: string) => {
        held.set(name, (held.get(name) ?? 0) + 1);
        return handle(name, docOf(name));
      },
    },
    outbox: {
      get commands() {
        return [...commands];
      },
      submit: (envelope: CommandEnvelope) => {
        commands.push({ id: envelope.id, envelope, kept: true, applied: null, again: false });
        tell();
        return { kept: Promise.resolve('kept' as const), settled: new Promise<never>(() => undefined) };
      },
      finish: (ids: readonly string[]) => {
        for (const id of ids)
          commands.splice(
            commands.findIndex((each) => each.id === id),
            1,
          );
        tell();
      },
      onChange: (listener: () => void) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      onAnswered: () => () => undefined,
    },
    directory: () => DIRECTORY,
    knowsOrganisation: () => true,
    changes: () => ({
      get: (id: RecordId) => changes.get(id),
      peek: (id: RecordId) => {
        reads += 1;
        return changes.get(id);
      },
    }),
    now: () => NOW,
  } as unknown as ReleasesOptions;
  const releases = new Releases(options);
  releases.follow(handle('board/release@1', board) as unknown as Parameters<Releases['follow']>[0]);
  return {
    ...{ releases, commands, server, showRow, showWhole },
    /** The documents of releases that somebody holds. */
    opened: () => [...held].flatMap(([name, many]) => (many > 0 ? [name] : [])),
    reads: () => reads,
    /** The server answers the oldest act that waits. */
    answer() {
      const [first, ...rest] = commands.splice(0);
      if (first === undefined) throw new Error('nothing waits');
      const { version, number } = states.get(first.envelope.target)!;
      commands.push({ ...first, applied: { version, number, at: NOW } }, ...rest);
      tell();
    },
  };
}

function aPlan(id: string): StepPlan {
  return {
    ...{ id, title: `Step ${id.at(-1)}`, phase: 'planning', owner: null, change: null, minutes: 5 },
    ...{ after: [], rollback: '', noReturn: false },
  };
}

/** As much of a change as a release looks at. */
function aChange(id: RecordId): Change {
  const window = { begins: NOW, ends: NOW + 3_600_000, setupMs: 0, verifyMs: 0 };
  return {
    id,
    number: null,
    title: 'Change',
    state: 'scheduled',
    result: null,
    items: [],
    ...window,
  } as unknown as Change;
}

function factOf(id: RecordId) {
  return {
    ...{ id, number: null, title: 'Change', state: 'scheduled', standing: 'open' as const },
    ...{ window: { beginsAt: NOW, endsAt: NOW + 3_600_000 }, items: [], service: null },
  };
}
