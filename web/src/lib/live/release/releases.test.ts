import { releaseName } from '@muster/documents';
import { rowOfRelease, seedReleaseBoard, writeRelease, writeReleaseRow } from '@muster/documents/release';
import type { ChangeFacts } from '@muster/domain/change';
import { servicesAlone } from '@muster/domain/testing/changes';
import { DEFAULT_PHASES, release as decider } from '@muster/domain/release';
import type { Release, ReleaseAct, ReleaseFields, ReleaseState, StepPlan } from '@muster/domain/release';
import { recordId } from '@muster/domain/shared';
import type { RecordId, Role } from '@muster/domain/shared';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { NOBODY, NOW, aChange, ana } from '../test-support/a-change.ts';
import { heldHere } from '../test-support/held-here.ts';
import { KeptActs } from '../test-support/kept-acts.ts';
import { Releases } from './releases.ts';

const WINTER = recordId('01R00000000000000000000001');
const SPRING = recordId('01R00000000000000000000002');
const [FIRST, SECOND] = ['01S00000000000000000000001', '01S00000000000000000000002'] as const;
const MEMBERS = Array.from({ length: 3 }, (_, index) => recordId(`01C0000000000000000000000${index}`));

const FIELDS: ReleaseFields = {
  ...{ kind: 'minor', title: 'Winter release', label: '2026.12', services: [], owner: null },
  ...{ pace: 'stages', beginsAt: NOW, endsAt: NOW + 3_600_000, hypercareHours: 48, rollbackTestedAt: null },
};

describe('releases on a device', () => {
  it('show own ticks without a network, and tell which steps wait', () => {
    const { releases, acts } = device('team-lead', [WINTER]);
    const open = releases.open(WINTER);
    const before = open.release;
    releases.run(WINTER, { verb: 'tick', step: FIRST });
    expect(open.step(FIRST)?.tick).toMatchObject({ person: 'ana' });
    expect([open.isStepPending(FIRST), open.isStepPending(SECOND), open.pending]).toEqual([true, false, 1]);
    expect(releases.get(WINTER)).toMatchObject({ stepsDone: 1, pending: 1 });
    expect(acts.types).toEqual(['release.tick']);
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
    const { releases, acts, answer, server, showRow, showWhole } = device('team-lead', [WINTER]);
    const open = releases.open(WINTER);
    releases.run(WINTER, { verb: 'tick', step: FIRST });
    server(WINTER, { verb: 'tick', step: FIRST }, 'nothing');
    answer();
    showRow(WINTER);
    expect(acts.commands).toHaveLength(1);
    expect(open.step(FIRST)?.tick).not.toBeNull();
    showWhole(WINTER);
    expect(acts.commands).toEqual([]);
    expect(open.step(FIRST)?.tick).not.toBeNull();
    expect(open.isStepPending(FIRST)).toBe(false);
  });

  it('read again what was opened before the server had it, once it is on the board', () => {
    const { releases, server, retried } = device('team-lead', []);
    releases.run(SPRING, { verb: 'create', fields: FIELDS });
    expect(retried.at(-1)).toEqual([]);
    server(SPRING, { verb: 'create', fields: FIELDS });
    expect(retried.at(-1)).toEqual([SPRING]);
  });

  it('hold nothing of a release whose making is refused here', async () => {
    const { releases, opened, acts } = device('requester', []);
    const sent = releases.run(SPRING, { verb: 'create', fields: FIELDS });
    expect(await sent.kept).toMatchObject({ outcome: 'refused' });
    expect([opened(), acts.commands]).toEqual([[], []]);
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

  it('hold those that are under way, as long as they are, and let go of the others with their last reader', () => {
    const { releases, opened, says } = device('team-lead', [WINTER, SPRING]);
    expect(opened()).toEqual([]);
    says(WINTER, 'ready');
    expect(opened()).toEqual([releaseName(WINTER)]);
    const [one, other] = [releases.open(SPRING), releases.open(SPRING)];
    one.close();
    one.close();
    expect(opened()).toEqual([WINTER, SPRING].map(releaseName));
    other.close();
    expect(opened()).toEqual([releaseName(WINTER)]);
    const reader = releases.open(WINTER);
    says(WINTER, 'completed');
    expect(opened()).toEqual([releaseName(WINTER)]);
    reader.close();
    expect(opened()).toEqual([]);
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
  const acts = new KeptActs();
  const changes = new Map(MEMBERS.map((id) => [id, { ...aChange(id), token: '', pending: 0 }]));
  let reads = 0;
  const actor = ana(role);
  const docOf = (name: string) => wholes.get(name) ?? wholes.set(name, new Y.Doc()).get(name)!;

  const showRow = (id: RecordId) => writeReleaseRow(board, rowOfRelease(states.get(id)!));
  const showWhole = (id: RecordId) => writeRelease(docOf(releaseName(id)), states.get(id)!);
  /** What the server does; everything of it arrives, or nothing yet. */
  function server(id: RecordId, act: ReleaseAct, arrives: 'all' | 'nothing' = 'all'): void {
    const state = states.get(id) ?? null;
    const verdict = decider.decide(state, act, {
      ...{ actor: ana('team-lead'), now: NOW, clientAt: NOW, target: id, since: [] },
      ...{ number: `REL-2026-0000${there.indexOf(id) + 1}`, related: new Map(), directory: NOBODY },
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
  const retried: (readonly RecordId[])[] = [];
  const releases = new Releases({
    actor,
    shelf: {
      open: (name: string) => {
        held.set(name, (held.get(name) ?? 0) + 1);
        return heldHere(docOf(name), () => held.set(name, (held.get(name) ?? 0) - 1));
      },
      retryForbidden: (isThere) => retried.push([WINTER, SPRING].filter(isThere)),
    },
    outbox: acts,
    directory: () => NOBODY,
    knowsOrganisation: () => true,
    changes: () => ({
      dependencies: servicesAlone(NOBODY.services),
      facts: () => ({}) as ChangeFacts,
      get: (id: RecordId) => changes.get(id),
      peek: (id: RecordId) => {
        reads += 1;
        return changes.get(id);
      },
    }),
    ...{ now: () => NOW, deviceNow: () => NOW, isLive: () => true },
  });
  releases.follow(heldHere(board));
  return {
    ...{ releases, acts, server, showRow, showWhole, retried },
    /** The row says so, as it does when others moved it. */
    says: (id: RecordId, state: ReleaseState) =>
      writeReleaseRow(board, { ...rowOfRelease(states.get(id)!), state }),
    /** The documents of releases that somebody holds. */
    opened: () => [...held].flatMap(([name, many]) => (many > 0 ? [name] : [])),
    reads: () => reads,
    /** The server answers the oldest act that waits. */
    answer() {
      const first = acts.commands.find(({ applied }) => applied === null);
      const { version, number } = states.get(first!.envelope.target)!;
      acts.answer({ version, number, at: NOW });
    },
  };
}

function aPlan(id: string): StepPlan {
  return {
    ...{ id, title: `Step ${id.at(-1)}`, phase: 'planning', owner: null, change: null, minutes: 5 },
    ...{ after: [], rollback: '', noReturn: false },
  };
}

function factOf(id: RecordId) {
  return {
    ...{ id, number: null, title: 'Change', state: 'scheduled', standing: 'open' as const },
    ...{ window: { beginsAt: NOW, endsAt: NOW + 3_600_000 }, items: [], service: null },
  };
}
