import { parseName, rulesOf } from '@muster/documents';
import type { DocumentName } from '@muster/documents';
import { CLOSE } from '../close-codes.ts';
import type { DocumentSurroundings, OpenDocument } from './open-document.ts';
import type { Right, Session } from './ports.ts';
import { Reader } from './reader.ts';
import type { ReaderOutlet } from './document-reader.ts';

export interface HostInternals extends DocumentSurroundings {
  /** The open document of a name, opened now if it was not. */
  document(name: DocumentName): OpenDocument;
  /** Whether the name belonged to an epoch that can no longer be read. */
  isRetired(name: string): boolean;
  /** Raised whenever others may read some record: a right that was asked for before may be none any more. */
  readonly audienceChanges: number;
}

export interface AttachmentOptions {
  readonly host: HostInternals;
  readonly session: Session;
  readonly rawName: string;
  readonly outlet: ReaderOutlet;
  readonly extended: boolean;
  readonly unpacks: boolean;
  /** Told before the first frame goes out. */
  readonly onOpened?: () => void;
}

/**
 * A document on its way to a connection, and then there: asks for access (authority before existence), waits for the
 * load, and keeps in order what the client sends meanwhile.
 */
export class Attachment {
  readonly #options: AttachmentOptions;
  #early: Uint8Array[] = [];
  #earlyBytes = 0;
  #reader: Reader | null = null;
  #ended = false;

  constructor(options: AttachmentOptions) {
    this.#options = options;
    void this.#open();
  }

  receive(frame: Uint8Array): void {
    if (this.#ended) return;
    if (this.#reader !== null) return this.#reader.receive(frame);
    const { messageBurst, byteBurst } = this.#options.host.limits;
    this.#early.push(frame);
    this.#earlyBytes += frame.length;
    if (this.#early.length > messageBurst || this.#earlyBytes > byteBurst) {
      this.#options.outlet.closeSocket(CLOSE.abusive, 'too much before the document was open');
    }
  }

  /** The client has let go, or its socket has gone. */
  end(): void {
    this.#ended = true;
    this.#early = [];
    this.#reader?.leave();
  }

  async #open(): Promise<void> {
    const { host, outlet, rawName } = this.#options;
    try {
      // No answer comes before whoever asked has taken hold of this object.
      await Promise.resolve();
      const name = parseName(rawName);
      if (name === null) return outlet.close(CLOSE.gone, 'there is no document of this name');
      const asked = host.audienceChanges;
      const right = await this.#options.session.access.rightTo(name);
      if (right === 'none') return outlet.close(CLOSE.forbidden, 'you may not read this document');
      if (this.#ended) return;
      if (host.isRetired(name.raw))
        return outlet.close(CLOSE.epochGone, 'the document goes on in a later epoch');
      await this.#join(name, host.document(name), { right, asked });
    } catch (cause) {
      host.report({ type: 'fault', name: rawName, cause });
      outlet.close(CLOSE.overloaded, 'the document cannot be opened now');
    }
  }

  async #join(name: DocumentName, document: OpenDocument, granted: Granted): Promise<void> {
    const { session, outlet, extended, unpacks, onOpened } = this.#options;
    document.expect();
    let joined = false;
    try {
      if (!(await document.loaded)) {
        const code = rulesOf(name.kind).hasEpoch ? CLOSE.epochGone : CLOSE.gone;
        return outlet.close(code, 'there is no such document');
      }
      const right = await this.#confirmed(name, granted);
      if (right === 'none') return outlet.close(CLOSE.forbidden, 'you may not read this document');
      const mayWrite = document.writable && right === 'write';
      if (this.#ended) return;
      const reader = new Reader({ session, outlet, document, mayWrite, extended, unpacks });
      this.#reader = reader;
      joined = true;
      onOpened?.();
      document.join(reader);
      const early = this.#early;
      this.#early = [];
      for (const frame of early) reader.receive(frame);
    } finally {
      if (!joined) document.stayOff();
    }
  }

  /** Loading takes its time; what was granted before it is asked again if anything changed meanwhile. */
  async #confirmed(name: DocumentName, { right, asked }: Granted): Promise<Right> {
    const { host, session } = this.#options;
    let [present, at] = [right, asked];
    while (at !== host.audienceChanges && present !== 'none') {
      at = host.audienceChanges;
      present = await session.access.rightTo(name);
    }
    return present;
  }
}

/** A right, and how many changes of audiences there had been when it was asked for. */
interface Granted {
  readonly right: Right;
  readonly asked: number;
}
