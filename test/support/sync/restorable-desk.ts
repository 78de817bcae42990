import type { RecordId } from '@muster/domain/shared';
import { TEST_PEOPLE, startTestServer } from '@muster/server/testing';
import type { TestServer } from '@muster/server/testing';
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, vi } from 'vitest';
import type * as Y from 'yjs';
import { newDevice, openClient } from '../living-client.ts';
import type { Device, LivingClient, StartOptions } from '../living-client.ts';
import { plainCreation } from './acts.ts';
import { paragraphOf } from './prose.ts';

const PATIENT = { timeout: 20_000, interval: 10 };

/** A desk whose store can be put back to how it was; it goes with the test. */
export class RestorableDesk {
  server: TestServer;
  readonly #folder: string;

  private constructor(server: TestServer, folder: string) {
    this.server = server;
    this.#folder = folder;
  }

  static async open(): Promise<RestorableDesk> {
    const folder = await mkdtemp(join(tmpdir(), 'muster-restore-'));
    const desk = new RestorableDesk(
      await startTestServer({ dataFolder: folder, people: TEST_PEOPLE }),
      folder,
    );
    onTestFinished(async () => {
      await desk.server.stop();
      await rm(folder, { recursive: true, force: true });
    });
    return desk;
  }

  backup(): Promise<void> {
    return this.server.store.backup(join(this.#folder, 'kept.db'));
  }

  /** As an operator does it: stop, put the file back, start again at the same address. */
  async restore(): Promise<void> {
    const port = Number(new URL(this.server.url).port);
    await this.server.stop();
    const file = join(this.#folder, 'muster.db');
    for (const suffix of ['', '-wal', '-shm']) await rm(`${file}${suffix}`, { force: true });
    await copyFile(join(this.#folder, 'kept.db'), file);
    const { accounts } = this.server;
    this.server = await startTestServer({ dataFolder: this.#folder, people: [], accounts, port });
  }

  newDevice(email: string): Promise<Device> {
    return newDevice(this.server, email);
  }
}

/** A client that is closed when the test is over. */
export async function living(device: Device, start?: StartOptions): Promise<LivingClient> {
  const client = await openClient(device, start);
  onTestFinished(() => client.close());
  return client;
}

/** Makes a ticket and waits until the server has it. */
export async function create({ muster }: LivingClient, title: string): Promise<RecordId> {
  const act = plainCreation('incident', muster.me.person.id, title);
  const sent = muster.commands.create('incident', act as Parameters<typeof muster.commands.create>[1]);
  expect(await sent.settled).toMatchObject({ outcome: 'applied' });
  return sent.target;
}

/** Writes a paragraph into a record's description, as the editor would, and waits until the server has it. */
export async function write({ muster }: LivingClient, record: RecordId, words: string): Promise<void> {
  const room = muster.openRoom(record);
  await vi.waitUntil(() => room.loaded && muster.saving.connection === 'live', PATIENT);
  const fragment = room.fragment as Y.XmlFragment;
  fragment.insert(fragment.length, [paragraphOf(words)]);
  await vi.waitUntil(() => room.state === 'saved', PATIENT);
  room.close();
}
