/** A host on memory documents and a fake clock, and clients that speak raw frames to it. */
import { personId } from '@muster/domain/shared';
import * as Y from 'yjs';
import { decodeFrame } from '../frames/frame.ts';
import type { Frame } from '../frames/frame.ts';
import { FrameError } from '../frames/reader.ts';
import { encodeStepOne, encodeStepTwo, encodeUpdate } from '../frames/sync.ts';
import type { Limits } from '../limits.ts';
import { DocumentHost } from '../server/document-host.ts';
import type { Connection, HostEvent, Right, Session, StatePacker, Transport } from '../server/ports.ts';
import { FakeClock, turn } from './fake-clock.ts';
import { MemoryDocuments } from './memory-documents.ts';

export interface Machine {
  readonly host: DocumentHost;
  readonly documents: MemoryDocuments;
  readonly clock: FakeClock;
  readonly events: HostEvent[];
  /** Opens a stock socket of a person. */
  open(person: string, name: string, options?: OpenOptions): Promise<RawClient>;
}

export interface OpenOptions {
  readonly extended?: boolean;
  readonly unpacks?: boolean;
  readonly mayRead?: boolean;
  readonly mayWrite?: boolean;
  /** Asked each time instead of the two above. */
  readonly rightNow?: () => Right | Promise<Right>;
}

export function startMachine(limits: Partial<Limits> = {}, packer?: StatePacker): Machine {
  const documents = new MemoryDocuments();
  const clock = new FakeClock();
  const events: HostEvent[] = [];
  const host = new DocumentHost({
    documents,
    limits,
    clock,
    report: (event) => events.push(event),
    ...(packer && { packer }),
  });
  return {
    host,
    documents,
    clock,
    events,
    open: async (person, name, options = {}) => {
      const transport = new RecordingTransport();
      const connection = host.openStock(sessionOf(person, options), name, transport, {
        extended: options.extended ?? true,
        unpacks: options.unpacks ?? false,
      });
      transport.onClose = () => connection.closed();
      await turn();
      return new RawClient(connection, transport);
    },
  };
}

export function sessionOf(
  person: string,
  { mayRead = true, mayWrite = true, rightNow }: OpenOptions = {},
): Session {
  const right: Right = !mayRead ? 'none' : mayWrite ? 'write' : 'read';
  return {
    id: `session-of-${person}`,
    person: personId(person),
    name: `Name of ${person}`,
    colour: '#336699',
    access: { rightTo: rightNow ?? (() => right) },
  };
}

export class RecordingTransport implements Transport {
  readonly sent: Uint8Array[] = [];
  bufferedAmount = 0;
  closedWith: { readonly code: number; readonly reason: string } | null = null;
  /** How often it was written to. */
  writes = 0;
  onClose: () => void = () => undefined;

  send(messages: readonly Uint8Array[]): void {
    if (this.closedWith !== null) throw new Error('the socket is closed');
    this.writes += 1;
    for (const bytes of messages) this.sent.push(bytes.slice());
  }

  close(code: number, reason: string): void {
    this.closedWith ??= { code, reason };
    this.onClose();
  }
}

/** A client that holds a document and speaks frames by hand. */
export class RawClient {
  readonly doc = new Y.Doc();
  readonly transport: RecordingTransport;
  readonly #connection: Connection;
  #read = 0;

  constructor(connection: Connection, transport: RecordingTransport) {
    this.#connection = connection;
    this.transport = transport;
  }

  get closedWith(): number | null {
    return this.transport.closedWith?.code ?? null;
  }

  /** Every frame so far. */
  get frames(): readonly Frame[] {
    return this.transport.sent.map((bytes) => {
      const frame = decodeFrame(bytes);
      if (frame instanceof FrameError) throw new Error(frame.text);
      return frame;
    });
  }

  of<Type extends Frame['type']>(type: Type): Extract<Frame, { readonly type: Type }>[] {
    return this.frames.filter(
      (frame): frame is Extract<Frame, { readonly type: Type }> => frame.type === type,
    );
  }

  /** Frames since the last call. */
  news(): readonly Frame[] {
    const frames = this.frames.slice(this.#read);
    this.#read = this.transport.sent.length;
    return frames;
  }

  async send(bytes: Uint8Array): Promise<void> {
    this.#connection.receive(bytes);
    await turn();
  }

  /** Does what a provider does on opening: asks, answers what it is asked, and takes in what comes. */
  async sync(): Promise<this> {
    await this.send(encodeStepOne(Y.encodeStateVector(this.doc)));
    for (const asked of this.of('step-1'))
      await this.send(encodeStepTwo(Y.encodeStateAsUpdate(this.doc, asked.stateVector)));
    return this.take();
  }

  /** Applies all changes that came. */
  take(): this {
    for (const frame of this.frames) {
      if (frame.type === 'step-2' || frame.type === 'update') Y.applyUpdate(this.doc, frame.update, 'server');
    }
    return this;
  }

  /** Changes its document and sends the update. */
  async edit(change: (doc: Y.Doc) => void): Promise<Uint8Array> {
    const update = this.make(change);
    await this.send(encodeUpdate(update));
    return update;
  }

  /** The update of a change, not sent. */
  make(change: (doc: Y.Doc) => void): Uint8Array {
    const updates: Uint8Array[] = [];
    const collect = (update: Uint8Array): number => updates.push(update);
    this.doc.on('update', collect);
    this.doc.transact(() => change(this.doc));
    this.doc.off('update', collect);
    return Y.mergeUpdates(updates);
  }

  /** The socket breaks without a word. */
  async drop(): Promise<void> {
    this.#connection.closed();
    await turn();
  }
}
