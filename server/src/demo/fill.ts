import { randomInt } from 'node:crypto';
import type { Directory, PersonId } from '@muster/domain/shared';
import { writeChain } from '../store/chains.ts';
import { writeRunbook } from '../store/runbooks.ts';
import { readSetting, writeSetting } from '../store/settings.ts';
import type { History, Store } from '../store/store.ts';
import { announceWork } from './announcements.ts';
import { fillChanges } from './changes/index.ts';
import { setRules } from './changes/rules.ts';
import { changesWithValues } from './changes/with-values.ts';
import { nameMoments } from './configuration/baselines.ts';
import { planConfiguration, writeConfiguration } from './configuration/index.ts';
import { demoDirectory } from './directory.ts';
import { writeKnowledge } from './knowledge/index.ts';
import { majorHistories, stageMajors, writeMajorRooms } from './majors/index.ts';
import { watchMachines } from './monitoring.ts';
import { DemoBoard } from './meetings/index.ts';
import { castPeople } from './people.ts';
import type { Cast } from './people.ts';
import { Random } from './random.ts';
import { DEMO_RUNBOOKS } from './runbooks.ts';
import { DEMO_AGREEMENTS, DEMO_CALENDAR, DEMO_CATEGORIES } from './rules.ts';
import { openProblems } from './problems/index.ts';
import { fillReleases } from './releases/index.ts';
import { putOnCall } from './schedules.ts';
import { demoHistories } from './tickets.ts';

export interface DemoAccount {
  readonly role: string;
  readonly name: string;
  readonly email: string;
  readonly password: string;
}

export interface DemoPort {
  readonly store: Store;
  setPassword(person: PersonId, password: string): Promise<void>;
}

const SEED = 2026;
const BATCH = 250;

/** Thrown when there is something in the store already: a demonstration never mixes with real work. */
export class StoreNotEmpty extends Error {
  constructor() {
    super('the store is not empty; the demonstration fills an empty one only');
  }
}

/** Thrown when a demonstration was broken off while it was made: passwords come last, so nobody can sign in to it. */
export class DemoUnfinished extends Error {
  constructor() {
    super(
      'a demonstration was broken off while it was made, and nobody can sign in to what there is of it. Empty the folder of the store, or set MUSTER_DATA to another one',
    );
  }
}

const UNFINISHED = 'demo.unfinished';

/** Whether a demonstration was begun in this store and not made to its end. */
export async function isDemoUnfinished({ reader }: Pick<Store, 'reader'>): Promise<boolean> {
  return readSetting(reader, UNFINISHED, false);
}

/**
 * Fills an empty store with an organisation of 60 people, 7 teams and 25 services, the items that these hang on, 1,500
 * records with their histories up to `now`, four major incidents with their rooms and reviews, one of which goes on,
 * runbooks, call chains, announcements, and on-call schedules. The content follows from the seed; passwords are random
 * and returned once.
 */
export async function fillDemo(port: DemoPort, now: number): Promise<readonly DemoAccount[]> {
  const { store } = port;
  if (await isDemoUnfinished(store)) throw new DemoUnfinished();
  if ((await store.status()).records > 0 || (await isInhabited(store))) throw new StoreNotEmpty();
  await writeSetting(store.writer, UNFINISHED, true, now);
  const cast = castPeople();
  const directory = demoDirectory(cast);
  await writeOrganisation(store, cast, directory, now);
  const map = planConfiguration(cast);
  await writeConfiguration(store, cast, map, now);
  await nameMoments(store, cast, now);
  const majors = stageMajors(cast, now);
  const histories = [
    ...demoHistories(cast, directory, new Random(SEED), now, map.parts),
    ...majorHistories(majors, directory, now),
  ].sort((a, b) => beganAt(a) - beganAt(b));
  for (let from = 0; from < histories.length; from += BATCH)
    await store.commands.importHistories(histories.slice(from, from + BATCH), { dryRun: false });
  await writeMajorRooms(store, majors);
  const [administrator] = cast.team('Platform').members;
  if (administrator !== undefined) await watchMachines(store, administrator.id, now);
  await store.refreshDirectory();
  await announceWork(store, cast, now);
  await putOnCall(store, cast, now);
  await setRules(store, cast, now);
  const board = new DemoBoard(store, cast, now);
  await board.make();
  await fillChanges(store, cast, now, changesWithValues(now, map.plan), board.meetings());
  await board.planNext();
  await fillReleases(store, cast, now);
  await openProblems(store, cast, now);
  await writeKnowledge(store, cast, now);
  const accounts = accountsOf(cast);
  for (const account of accounts) await port.setPassword(account.person, account.password);
  await writeSetting(store.writer, UNFINISHED, false, now);
  return accounts.map(({ role, name, email, password }) => ({ role, name, email, password }));
}

const beganAt = ({ events }: History): number => events[0]?.at ?? 0;

async function isInhabited(store: Store): Promise<boolean> {
  return (await store.writer.selectFrom('person').select('id').limit(1).executeTakeFirst()) !== undefined;
}

async function writeOrganisation(store: Store, cast: Cast, directory: Directory, now: number): Promise<void> {
  const { writer } = store;
  await writer
    .insertInto('person')
    .values(
      cast.people.map(({ id, name, email, roles, vip }) => ({
        id,
        name,
        email,
        roles: JSON.stringify(roles),
        active: 1,
        vip: vip ? 1 : 0,
        made_at: now,
      })),
    )
    .execute();
  await writer
    .insertInto('team')
    .values(cast.teams.map(({ id, name, lead }) => ({ id, name, lead })))
    .execute();
  await writer
    .insertInto('team_member')
    .values(cast.teams.flatMap((team) => team.members.map((person) => ({ team: team.id, person }))))
    .execute();
  await writer
    .insertInto('service')
    .values(
      [...directory.services.values()].map(({ id, name, team, criticality }) => ({
        id,
        name,
        team,
        criticality,
      })),
    )
    .execute();
  await writeSetting(writer, 'matrix', directory.matrix, now);
  await writeSetting(writer, 'calendars', [DEMO_CALENDAR], now);
  await writeSetting(writer, 'agreements', DEMO_AGREEMENTS, now);
  await writeSetting(writer, 'categories', DEMO_CATEGORIES, now);
  for (const runbook of DEMO_RUNBOOKS) await writeRunbook(writer, runbook, now);
  for (const chain of directory.chains.values()) await writeChain(writer, chain, now);
  await store.refreshDirectory();
}

function accountsOf(cast: Cast): (DemoAccount & { readonly person: PersonId })[] {
  const desk = cast.team('Service Desk').members;
  const platform = cast.team('Platform').members;
  const chosen = [
    ['administrator', platform[0]],
    ['team lead', desk[0]],
    ['agent', desk[1]],
    ['responder', cast.team('Network').members[1]],
    ['requester', cast.requesters[0]],
  ] as const;
  return chosen.map(([role, actor]) => {
    const person = cast.people.find((one) => one.id === actor?.id);
    if (person === undefined) throw new Error(`the demonstration has no ${role}`);
    return { role, person: person.id, name: person.name, email: person.email, password: password() };
  });
}

const SYLLABLES =
  'ba be bi bo du da de di fo fa ga go ka ki ko la le lo ma mi mo na ne no pa pe ra ri ro sa so ta te to va vi zo'.split(
    ' ',
  );

/** Twelve letters and a number that can be read out: about 37 bits, for accounts of a demonstration. */
function password(): string {
  const word = (): string => Array.from({ length: 3 }, () => SYLLABLES[randomInt(SYLLABLES.length)]).join('');
  return `${word()}-${word()}-${randomInt(10, 100)}`;
}
