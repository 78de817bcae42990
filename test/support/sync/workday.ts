/** What the people of a trial do until their server dies. */
import { journalName, recordName, roomFragment, roomName } from '@muster/documents';
import type { CommandEnvelope } from '@muster/domain/shared';
import { recordId } from '@muster/domain/shared';
import { join } from 'node:path';
import { expect, vi } from 'vitest';
import { envelope, plainCreation } from './acts.ts';
import type { Author } from './author.ts';
import { paragraphOf } from './prose.ts';
import type { Random } from './random.ts';
import type { Seat } from './seat.ts';
import { PATIENT, WATCHER } from './trial.ts';
import type { Trial } from './trial.ts';

/** All work at once, until the server is dead: by `death`, or by itself. Then what was shown goes into the ledger. */
export async function workUntilDead(trial: Trial, death: () => Promise<unknown>): Promise<void> {
  const { random, authors } = trial;
  let watchers: readonly Seat[] = [];
  const seats: Seat[] = [];
  const sitDown = async (email: string, transport: 'stock' | 'channels', names: readonly string[]) => {
    const seat = trial.seatFor(email, transport);
    seats.push(seat);
    await trial.openAll(seat, names);
    return seat;
  };
  await trial.unlessDead(async () => {
    await trial.makeRecords();
    const all = [...(await trial.boards()), ...trial.rooms];
    watchers = [await sitDown(WATCHER, 'stock', all), await sitDown(WATCHER, 'channels', all)];
    const typists = [
      await sitDown('agent@desk.test', 'channels', trial.rooms),
      await sitDown('other@desk.test', 'channels', trial.rooms),
    ];
    const stranger = await sitDown('other@desk.test', 'stock', trial.rooms);
    await Promise.all([
      death(),
      ...authors.map((author) => giveCommands(trial, author, random.fork())),
      ...typists.map((seat) => type(trial, seat, random.fork())),
      typeUnheard(trial, stranger, random.fork()),
      maintain(trial, random.fork()),
    ]);
  });
  await trial.server.ended;
  // one that ended in another way has a fault of its own
  expect(trial.server.endedBy).toBe('SIGKILL');
  for (const watcher of watchers) {
    await vi.waitUntil(() => watcher.names.every((name) => !watcher.isSynced(name)), PATIENT);
    for (const name of watcher.names) trial.ledger.noteShown(name, watcher.open(name));
  }
  for (const seat of seats) seat.close();
}

/** Replies, edits and new records without pause, alone and in batches, until nobody answers any more. */
async function giveCommands(trial: Trial, author: Author, random: Random): Promise<void> {
  const command = (): CommandEnvelope => {
    const words = random.ulid();
    const act = random.chance(60)
      ? ({ verb: 'reply', text: words } as const)
      : ({ verb: 'edit', fields: { title: words } } as const);
    return envelope('incident', random.pick(trial.records), act, 0, random);
  };
  while (trial.isAlive) {
    const batch = Array.from({ length: random.chance(20) ? 1 + random.below(20) : 1 }, command);
    await trial.unlessDead(() => author.act(...batch));
    trial.answers += batch.length;
  }
}

/** Writes words and waits until they are told to be on disk, until nobody tells any more. */
async function type(trial: Trial, seat: Seat, random: Random): Promise<void> {
  while (trial.isAlive) {
    const name = random.pick(trial.rooms);
    const words = write(seat, name, random);
    await vi.waitUntil(() => seat.isSaved(name) || !trial.isAlive, PATIENT);
    if (!seat.isSaved(name)) return;
    for (const word of words) trial.ledger.noteWord(name, word);
    trial.answers += 1;
  }
}

/** Writes through stock sockets, which acknowledge nothing: only what others see of it has to stay. */
async function typeUnheard(trial: Trial, seat: Seat, random: Random): Promise<void> {
  while (trial.isAlive) {
    write(seat, random.pick(trial.rooms), random);
    await othersGoOn(trial, 3);
  }
}

/** What an operator and time do to a store: folds, epochs, copies, and records that are opened for the first time. */
async function maintain(trial: Trial, random: Random): Promise<void> {
  const { server } = trial;
  while (trial.isAlive) {
    await trial.unlessDead(async () => {
      const board = random.pick(await trial.boards());
      const chore = random.weighted<() => Promise<unknown>>([
        [6, () => server.ask({ do: 'compact', name: random.pick([board, ...trial.rooms]) })],
        [2, () => server.ask({ do: 'rotate', name: board })],
        [1, () => server.ask({ do: 'backup', file: join(trial.folder, 'copy.db') })],
        [3, () => openNewRecord(trial, random)],
      ]);
      await chore();
    });
    await othersGoOn(trial, 2);
  }
}

async function openNewRecord(trial: Trial, random: Random): Promise<void> {
  const [author] = trial.authors;
  const id = recordId(random.ulid());
  const made = envelope('incident', id, plainCreation('incident', trial.requester), 0, random);
  await author?.act(made);
  const seat = trial.seatFor(WATCHER, 'channels');
  const names = [recordName(id), journalName(id), roomName(id)];
  await trial.openAll(seat, names).finally(() => seat.close());
}

function write(seat: Seat, room: string, random: Random): readonly string[] {
  const notes = roomFragment(seat.open(room), 'notes');
  const words = Array.from({ length: 1 + random.below(3) }, () => random.ulid());
  for (const word of words) notes.insert(random.below(notes.length + 1), [paragraphOf(word)]);
  return words;
}

async function othersGoOn(trial: Trial, answers: number): Promise<void> {
  const from = trial.answers;
  await vi.waitUntil(() => trial.answers >= from + answers || !trial.isAlive, PATIENT);
}
