/**
 * All open documents and all connections of one server process. It owns what is shared by them: the turn, the clock's
 * ticks for silence and slowness, epochs, and the ways in which connections are ended from outside.
 */
import { articleName, journalName, parseName, recordName, roomName } from '@muster/documents';
import type { DocumentName } from '@muster/documents';
import type { PersonId } from '@muster/domain/shared';
import { systemClock } from '../clock.ts';
import type { Clock } from '../clock.ts';
import { CLOSE } from '../close-codes.ts';
import { LIMITS } from '../limits.ts';
import type { Limits } from '../limits.ts';
import { ChannelConnection } from './channel-connection.ts';
import type { ConnectionHost, SocketConnection } from './connection.ts';
import { Connections } from './connections.ts';
import { OpenDocument } from './open-document.ts';
import type {
  AudienceChange,
  Connection,
  DocumentPort,
  EpochChange,
  HostEvent,
  HostOptions,
  HostStatus,
  Session,
  StatePacker,
  SyncHost,
  Transport,
} from './ports.ts';
import { PackedStates } from './packed-states.ts';
import type { DocumentReader } from './document-reader.ts';
import { StockConnection } from './stock-connection.ts';
import { Turn } from './turn.ts';

/** How often slow sockets are looked at while there are any, in ms. */
const SLOW_CHECK_MS = 100;
/** How often silent sockets are looked for in the time of one keep-alive. */
const CHECKS_PER_KEEP_ALIVE = 8;

export class DocumentHost implements SyncHost {
  readonly #internals: HostCore;

  constructor(options: HostOptions) {
    this.#internals = new HostCore(options);
  }

  openStock(
    session: Session,
    rawName: string,
    transport: Transport,
    { extended = false, unpacks = false }: { readonly extended?: boolean; readonly unpacks?: boolean } = {},
  ): Connection {
    const core = this.#internals;
    const connection = new StockConnection(core, session, rawName, transport, { extended, unpacks });
    core.admit(connection);
    return connection;
  }

  openChannels(
    session: Session,
    transport: Transport,
    { unpacks = false }: { readonly unpacks?: boolean } = {},
  ): Connection {
    const connection = new ChannelConnection(this.#internals, session, transport, unpacks);
    this.#internals.admit(connection);
    return connection;
  }

  closeSession(sessionId: string, code: number = CLOSE.sessionEnded): void {
    this.#internals.closeAll(({ session }) => session.id === sessionId, code, 'the session has ended');
  }

  permissionsChanged(person: PersonId): void {
    const theirs = ({ session }: SocketConnection): boolean => session.person === person;
    this.#internals.closeAll(theirs, CLOSE.permissionsChanged, 'permissions have changed');
  }

  prepare(names: readonly string[]): Promise<void> {
    return this.#internals.prepare(names);
  }

  shutdown(spreadMs: number): Promise<void> {
    return this.#internals.shutdown(spreadMs);
  }

  status(): HostStatus {
    return this.#internals.status();
  }
}

class HostCore implements ConnectionHost {
  readonly port: DocumentPort;
  readonly limits: Limits;
  readonly clock: Clock;
  readonly turn: Turn;
  readonly packer: StatePacker | null;
  readonly packedStates = new PackedStates();
  readonly #report: (event: HostEvent) => void;
  readonly #documents = new Map<string, OpenDocument>();
  readonly #connections = new Connections();
  readonly #live = new Set<OpenDocument>();
  readonly #slow = new Set<DocumentReader>();
  readonly #epochChanges = new Map<string, EpochChange>();
  readonly #retired = new Set<string>();
  readonly #cancelRetire = new Map<string, () => void>();
  readonly #unsubscribe: readonly (() => void)[];
  #cancelKeepAlive: (() => void) | null = null;
  #cancelSlow: (() => void) | null = null;
  #cancelRest: (() => void) | null = null;
  #whenQuiet: (() => void) | null = null;
  #stopping = false;
  audienceChanges = 0;

  constructor({ documents, limits, clock, report, packer }: HostOptions) {
    this.port = documents;
    this.limits = { ...LIMITS, ...limits };
    this.clock = clock ?? systemClock;
    this.packer = packer ?? null;
    this.turn = new Turn(this.clock);
    this.#report = report ?? (() => undefined);
    this.#unsubscribe = [
      documents.onCommitted((updates) => {
        for (const update of updates) this.#documents.get(update.name)?.committed(update);
      }),
      documents.onEpoch((change) => this.#changeEpoch(change)),
      documents.onAudience((change) => this.#changeAudience(change)),
    ];
  }

  report(event: HostEvent): void {
    this.#report(event);
  }

  document(name: DocumentName): OpenDocument {
    let document = this.#documents.get(name.raw);
    if (document === undefined) {
      document = new OpenDocument(name, this);
      // Loading fails by rejecting this promise too; whoever waits for it is told.
      document.loaded.catch(() => undefined);
      if (document.state !== 'gone') this.#documents.set(name.raw, document);
    }
    return document;
  }

  madeLive(document: OpenDocument): void {
    this.#live.add(document);
    this.#cancelRest ??= this.#scheduleRest();
  }

  gone(document: OpenDocument): void {
    this.#live.delete(document);
    if (this.#documents.get(document.name) === document) this.#documents.delete(document.name);
    this.#settleQuiet();
  }

  async prepare(names: readonly string[]): Promise<void> {
    if (this.packer === null) return;
    for (const raw of names) {
      const name = parseName(raw);
      if (name === null || this.#stopping) continue;
      const document = this.document(name);
      document.expect();
      try {
        if (await document.loaded) await document.prepare();
      } catch {
        // reported where it failed; the document's first reader tries again
      } finally {
        document.stayOff();
      }
    }
  }

  isRetired(name: string): boolean {
    return this.#retired.has(name);
  }

  epochChangeOf(name: string): EpochChange | null {
    return this.#epochChanges.get(name) ?? null;
  }

  admit(connection: SocketConnection): void {
    const count = this.#connections.add(connection);
    if (this.#stopping) return connection.close(CLOSE.shuttingDown, 'the server is shutting down');
    const { stockDocuments, channelSockets } = this.limits;
    const most = connection.kind === 'stock' ? stockDocuments : channelSockets;
    if (count > most) {
      const what = connection.kind === 'stock' ? 'documents on stock sockets' : 'sockets of a session';
      return connection.close(CLOSE.abusive, `more than ${most} ${what}`);
    }
    this.#cancelKeepAlive ??= this.#scheduleKeepAlive();
  }

  ended(connection: SocketConnection): void {
    this.#connections.delete(connection);
    if (this.#connections.size > 0) return;
    this.#cancelKeepAlive?.();
    this.#cancelKeepAlive = null;
    this.#settleQuiet();
  }

  watchSlow(reader: DocumentReader): void {
    this.#slow.add(reader);
    this.#cancelSlow ??= this.clock.after(SLOW_CHECK_MS, () => this.#checkSlow());
  }

  closeAll(which: (connection: SocketConnection) => boolean, code: number, reason: string): void {
    for (const connection of [...this.#connections]) if (which(connection)) connection.close(code, reason);
  }

  async shutdown(spreadMs: number): Promise<void> {
    this.#stopping = true;
    const quiet = new Promise<void>((resolve) => (this.#whenQuiet = resolve));
    const connections = [...this.#connections];
    for (const [index, connection] of connections.entries()) {
      const delay = Math.round((spreadMs * index) / connections.length);
      this.clock.after(delay, () => connection.close(CLOSE.shuttingDown, 'the server is shutting down'));
    }
    this.#settleQuiet();
    await quiet;
    for (const unsubscribe of this.#unsubscribe) unsubscribe();
    this.#cancelSlow?.();
    this.#cancelRest?.();
    for (const cancel of this.#cancelRetire.values()) cancel();
    for (const document of [...this.#documents.values()]) document.unload();
  }

  appended(): void {
    this.#settleQuiet();
  }

  status(): HostStatus {
    const documents = [...this.#documents.values()];
    return {
      openDocuments: documents.length,
      liveDocuments: this.#live.size,
      connections: this.#connections.size,
      readers: documents.reduce((sum, { readers }) => sum + readers.size, 0),
      appending: documents.reduce((sum, { appending }) => sum + appending, 0),
    };
  }

  #scheduleKeepAlive(): () => void {
    return this.clock.after(this.limits.keepAliveMs / CHECKS_PER_KEEP_ALIVE, () => {
      const now = this.clock.now();
      for (const connection of [...this.#connections]) connection.keepAlive(now);
      this.#cancelKeepAlive = this.#connections.size > 0 ? this.#scheduleKeepAlive() : null;
    });
  }

  /** A Y.Doc that nobody used for as long as an unread document stays goes back to bytes; its readers stay. */
  #scheduleRest(): () => void {
    return this.clock.after(this.limits.unloadMs, () => {
      for (const document of this.#live) if (document.rest()) this.#live.delete(document);
      this.#cancelRest = this.#live.size > 0 ? this.#scheduleRest() : null;
    });
  }

  #checkSlow(): void {
    this.#cancelSlow = null;
    const slow = [...this.#slow];
    this.#slow.clear();
    for (const reader of slow) {
      reader.catchUp();
      if (reader.isBehind) this.watchSlow(reader);
    }
  }

  /** The old epoch stays readable for a while, so that nobody's screen empties before the new one is there. */
  #changeEpoch(change: EpochChange): void {
    if (parseName(change.old) === null) return;
    this.#epochChanges.set(change.old, change);
    for (const reader of this.#documents.get(change.old)?.readers ?? []) reader.announce(change);
    // all of them come for the next epoch at once
    void this.prepare([change.next]);
    this.#cancelRetire.get(change.old)?.();
    const cancel = this.clock.after(this.limits.oldEpochMs, () => this.#retire(change.old));
    this.#cancelRetire.set(change.old, cancel);
  }

  #retire(old: string): void {
    this.#cancelRetire.get(old)?.();
    this.#cancelRetire.delete(old);
    this.#retired.add(old);
    this.#epochChanges.delete(old);
    for (const reader of [...(this.#documents.get(old)?.readers ?? [])]) {
      reader.outlet.close(CLOSE.epochGone, 'the document goes on in a later epoch');
    }
  }

  /** Whoever may not read a record any more loses its documents at once, and what its boards remember of it. */
  #changeAudience({ record, shown, left, ended }: AudienceChange): void {
    this.audienceChanges += 1;
    for (const board of shown) this.#documents.get(board)?.awareness.remember(record);
    for (const board of left) this.#documents.get(board)?.leaveNoTrace(record);
    for (const old of ended) this.#retire(old);
    for (const raw of [recordName(record), journalName(record), roomName(record), articleName(record)]) {
      const name = parseName(raw);
      if (name !== null) this.#documents.get(raw)?.askAgain(name);
    }
  }

  #settleQuiet(): void {
    if (!this.#stopping || this.#connections.size > 0) return;
    if (this.status().appending === 0) this.#whenQuiet?.();
  }
}
