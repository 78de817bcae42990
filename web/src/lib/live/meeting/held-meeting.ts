import { meetingName } from '@muster/documents';
import { readMeeting } from '@muster/documents/meeting';
import type { EntryMemo } from '@muster/documents/meeting';
import type { Meeting } from '@muster/domain/change';
import type { RecordId } from '@muster/domain/shared';
import type { PendingCommand } from '../../connection/pending-command.ts';
import type { Handle, Shelf } from '../../connection/shelf.ts';
import { Grains } from '../grains.ts';
import { WatchedDocument } from '../watched-document.ts';
import type { MeetingRules } from './meeting-rules.ts';

/** One meeting, whole: its document with own acts folded in. */
export class HeldMeeting {
  readonly id: RecordId;
  readonly #options: HeldMeetingOptions;
  readonly #handle: Handle;
  readonly #document: WatchedDocument;
  readonly #grains = new Grains<'meeting' | 'loaded'>();
  readonly #stop: () => void;
  readonly #memo: EntryMemo = new Map();
  #waiting = 0;
  #confirmed: Meeting | null = null;
  #shown: Meeting | null = null;

  constructor(id: RecordId, options: HeldMeetingOptions) {
    this.id = id;
    this.#options = options;
    this.#handle = options.shelf.open(meetingName(id));
    this.#stop = this.#handle.onChange(() => this.#grains.tell('loaded'));
    this.#document = new WatchedDocument(() => this.refresh());
    this.#document.follow(this.#handle);
    this.refresh();
  }

  get loaded(): boolean {
    this.#grains.read('loaded');
    const { current } = this.#handle;
    return current === null || current.loaded;
  }

  get meeting(): Meeting | undefined {
    this.#grains.read('meeting');
    return this.#shown ?? undefined;
  }

  get pending(): number {
    this.#grains.read('meeting');
    return this.#waiting;
  }

  /** What the server is known to say. */
  get confirmed(): Meeting | null {
    return this.#confirmed;
  }

  /** As it is shown, without subscribing. */
  peek(): Meeting | null {
    return this.#shown;
  }

  /** Works out anew what is shown. */
  refresh(): void {
    const { doc } = this.#document;
    const { commands: pending, rules, advanced } = this.#options;
    const before = this.#confirmed?.version ?? 0;
    this.#confirmed = doc === null ? null : readMeeting(doc, this.id, this.#memo).meeting;
    const version = this.#confirmed?.version ?? 0;
    const commands = pending(this.id).filter(({ applied }) => applied === null || applied.version > version);
    this.#waiting = commands.filter(({ applied }) => applied === null).length;
    this.#shown = commands.reduce<Meeting | null>(
      (state, { envelope }) => rules.fold(this.id, state, envelope),
      this.#confirmed,
    );
    this.#grains.tell('meeting');
    if (version > before) advanced(this.id);
  }

  close(): void {
    this.#stop();
    this.#document.follow(undefined);
    this.#handle.release();
  }
}

export interface HeldMeetingOptions {
  readonly shelf: Pick<Shelf, 'open'>;
  readonly rules: MeetingRules;
  /** Own commands on a meeting that are not finished, in order. */
  readonly commands: (id: RecordId) => readonly PendingCommand[];
  /** The server is known to say more than before: own acts may be in it, and agendas look at it. */
  readonly advanced: (id: RecordId) => void;
}
