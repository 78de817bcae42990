import { readRules } from '@muster/documents/change';
import type { MeetingBoard } from '@muster/domain/change';
import type { RecordId } from '@muster/domain/shared';
import type { Handle } from '../../connection/shelf.ts';
import type { OwnActs } from '../own-acts.ts';
import { WatchedDocument } from '../watched-document.ts';
import type { BoardRow } from './live-meetings.ts';
import type { MeetingRules } from './meeting-rules.ts';

/** The change boards of `rules/change`, with own acts folded in. */
export class MeetingBoards {
  readonly #options: MeetingBoardsOptions;
  readonly #document = new WatchedDocument(() => this.#arrived());
  #stored: ReadonlyMap<RecordId, MeetingBoard> | null = null;
  #all: ReadonlyMap<RecordId, BoardRow> | null = null;

  constructor(options: MeetingBoardsOptions) {
    this.#options = options;
  }

  /** Whether the boards, which rules look at, are on this device. */
  get isHere(): boolean {
    return this.#document.doc !== null;
  }

  /** As the server is known to say. */
  get stored(): ReadonlyMap<RecordId, MeetingBoard> {
    const { doc } = this.#document;
    return (this.#stored ??= new Map(
      doc === null
        ? []
        : readRules<MeetingBoard>(doc, 'boards').entries.map(([, board]) => [board.id, board]),
    ));
  }

  get all(): ReadonlyMap<RecordId, BoardRow> {
    return (this.#all ??= this.#fold());
  }

  /** By name, those that are retired last. */
  get inOrder(): readonly BoardRow[] {
    return [...this.all.values()].toSorted(
      (a, b) =>
        Number(a.retired) - Number(b.retired) || a.name.localeCompare(b.name) || (a.id < b.id ? -1 : 1),
    );
  }

  follow(rules: Handle | undefined): void {
    this.#document.follow(rules);
  }

  /** Own acts, or what rules look at, are others now. */
  refold(): void {
    this.#all = null;
    this.#options.changed();
  }

  #arrived(): void {
    this.#stored = null;
    this.refold();
  }

  #fold(): ReadonlyMap<RecordId, BoardRow> {
    const { rules, own } = this.#options;
    const { stored } = this;
    const boards = [...new Set([...stored.keys(), ...own().targets])].flatMap((id): BoardRow[] => {
      const confirmed = stored.get(id) ?? null;
      const waiting = own().after(id, confirmed?.version ?? 0);
      const folded = waiting.reduce<MeetingBoard | null>(
        (state, { envelope }) => rules.foldBoard(id, state, envelope),
        confirmed,
      );
      if (folded === null) return [];
      return [{ ...folded, pending: waiting.filter(({ applied }) => applied === null).length }];
    });
    return new Map(boards.map((board) => [board.id, board]));
  }
}

export interface MeetingBoardsOptions {
  readonly rules: MeetingRules;
  readonly own: () => OwnActs;
  readonly changed: () => void;
}
