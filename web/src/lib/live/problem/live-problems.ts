import type { Bone, Branch, Drawing } from '@muster/documents/problem';
import type { Problem, ProblemAct, ProblemEvent } from '@muster/domain/problem';
import type { Actor, RecordId } from '@muster/domain/shared';
import type { SavedState } from '../../connection/held-document.ts';
import type { LiveJournal } from '../change/live-changes.ts';
import type { SentCommand } from '../sent-command.ts';

/** A problem as this device sees it: with its own acts that wait for the server folded in. */
export interface ProblemRow extends Problem {
  /** What it is called until it has a number; stays valid. */
  readonly token: string;
  /** Own acts that the server has not answered. */
  readonly pending: number;
}

/** All problems that have not been over for long; also without a network. */
export interface LiveProblems {
  readonly actor: Actor;
  /** Whether there is something true to show. */
  readonly loaded: boolean;
  /** In no order. Subscribes to all of them. */
  readonly all: readonly ProblemRow[];
  /** Subscribes to this one only. */
  get(id: RecordId): ProblemRow | undefined;
  /** By number, by token, or by the digits of a number. */
  find(reference: string): RecordId | undefined;
  /** Those that an incident is linked to. Subscribes to all of them. */
  ofIncident(incident: RecordId): readonly ProblemRow[];
  newId(): RecordId;
  /** The version without own acts that wait. */
  basisOf(id: RecordId): number;
  /**
   * Decides by the server's own rules; a refusal is answered at once and nothing is sent.
   * @param far As the server has one that has left the board
   */
  run(id: RecordId, act: ProblemAct, basis?: number, far?: Problem | null): SentCommand;
  openJournal(id: RecordId): LiveJournal<ProblemEvent>;
  /** The drawings of its analysis, held until they are closed. */
  openAnalysis(id: RecordId): LiveAnalysis;
}

/** The drawings that people make together of why a problem happens; also without a network. */
export interface LiveAnalysis {
  readonly loaded: boolean;
  readonly state: SavedState;
  /** The trees of a drawing. Subscribes to all words. */
  trees(drawing: Drawing): readonly Branch[];
  /** Hangs a new thought on another one or on a bone, and gives its id. */
  add(drawing: Drawing, text: string, on: { readonly parent?: string; readonly bone?: Bone }): string;
  /** Changes its words where they differ: others write in them at the same time. */
  write(id: string, text: string): void;
  /** Takes it away with what hangs on it; nothing of it is lost. */
  hide(id: string, hidden: boolean): void;
  close(): void;
}
