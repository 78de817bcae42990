import { kindOf, parseName, withoutEpoch } from '@muster/documents';
import type { DocumentKind } from '@muster/documents';
import type { Api, ListedDocument } from './api.ts';
import { BoundaryError } from './boundary-error.ts';
import { Listeners } from './listeners.ts';
import type { Notes } from './notes.ts';
import type { Handle, Shelf } from './shelf.ts';

/**
 * The documents that this person holds all the time: boards, directory, notice, schedules, inbox and drafts.
 * The server names them; the names of the last visit serve until it does, so a start needs no network.
 * A new epoch takes over only when it has something to show, so no list goes empty in between.
 */
export class HeldDocuments {
  readonly #options: HeldDocumentsOptions;
  readonly #handles = new Map<string, Handle>();
  readonly #changed = new Listeners();
  #refreshing: Promise<void> | null = null;
  #again = false;
  #listed = false;
  #closed = false;

  constructor(options: HeldDocumentsOptions) {
    this.#options = options;
  }

  /** Told when documents come, go or are exchanged. Not told of changes inside them. */
  onChange(listener: () => void): () => void {
    return this.#changed.add(listener);
  }

  of(kind: DocumentKind): readonly Handle[] {
    return [...this.#handles].flatMap(([key, handle]) => (kindOfKey(key) === kind ? [handle] : []));
  }

  /** Opens what the last visit held; boards last, for reading a large one leaves no time for anything else. */
  async start(): Promise<void> {
    const remembered = await this.#options.notes.read(NOTE);
    // what the server says goes before what is remembered: dropping its boards would take them off the device
    if (!Array.isArray(remembered) || this.#listed || this.#closed) return;
    const listed = remembered as readonly ListedDocument[];
    this.#take(listed.filter(({ name }) => !isBoard(name)));
    await this.#options.beforeBoards?.();
    if (!this.#listed && !this.#closed) this.#take(listed);
  }

  /**
   * Asks the server for the names again: at the start, after every reconnection, and when an epoch ended.
   * @throws BoundaryError
   */
  refresh(): Promise<void> {
    if (this.#refreshing) {
      this.#again = true;
      return this.#refreshing;
    }
    this.#refreshing = this.#refresh().finally(() => {
      this.#refreshing = null;
    });
    return this.#refreshing;
  }

  close(): void {
    this.#closed = true;
    for (const handle of this.#handles.values()) handle.release();
    this.#handles.clear();
  }

  async #refresh(): Promise<void> {
    do {
      this.#again = false;
      const listed = await this.#options.api.documents();
      if (this.#closed) return;
      this.#listed = true;
      this.#take(listed);
      await this.#remember(listed).catch((error: unknown) => {
        // without a disk the next start asks the server first
        if (!(error instanceof BoundaryError)) throw error;
      });
    } while (this.#again);
  }

  async #remember(listed: readonly ListedDocument[]): Promise<void> {
    await this.#options.notes.write(NOTE, listed);
    await this.#options.shelf.forgetOldEpochs(new Set(listed.map(({ name }) => name)));
  }

  #take(listed: readonly ListedDocument[]): void {
    const wanted = new Map<string, string>();
    for (const { name } of listed) {
      const parsed = parseName(name);
      if (parsed && ALWAYS_HELD.has(parsed.kind)) wanted.set(withoutEpoch(name), name);
    }
    for (const [key, handle] of this.#handles) {
      if (wanted.has(key)) continue;
      this.#handles.delete(key);
      const name = handle.current?.name.raw;
      if (name) void this.#options.shelf.drop(name);
      handle.release();
    }
    for (const [key, name] of wanted) {
      const handle = this.#handles.get(key);
      if (handle?.current) {
        if (handle.current.name.raw !== name) void this.#options.shelf.swap(name);
        continue;
      }
      handle?.release();
      this.#handles.set(key, this.#options.shelf.open(name));
    }
    this.#changed.tell();
  }
}

export interface HeldDocumentsOptions {
  readonly api: Pick<Api, 'documents'>;
  readonly shelf: Shelf;
  readonly notes: Notes;
  /** What can be shown without boards; they are read when this resolves. */
  readonly beforeBoards?: () => Promise<void>;
}

const ALWAYS_HELD: ReadonlySet<DocumentKind> = new Set([
  'board',
  'change-board',
  'release-board',
  'meeting-board',
  'problem-board',
  'configuration-board',
  'configuration-rules',
  'knowledge-board',
  'help-board',
  'rules',
  'directory',
  'notice',
  'oncall',
  'inbox',
  'draft',
]);

const NOTE = 'documents';

/** A key is a name without its epoch: then any epoch makes it whole again. */
function kindOfKey(key: string): DocumentKind | null {
  return kindOf(key) ?? kindOf(`${key}@1`);
}

function isBoard(name: string): boolean {
  return name.startsWith('board/');
}
