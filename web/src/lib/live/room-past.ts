/** A room as it stood: asked of the server, which alone keeps it, and brought back by an edit of the room of today. */
import { restoreProse } from '@muster/documents';
import type { ProseNode } from '@muster/documents';
import type { PersonId, RecordId } from '@muster/domain/shared';
import * as Y from 'yjs';
import { openApi } from '../connection/api.ts';
import { BoundaryError } from '../connection/boundary-error.ts';
import type { LiveRoom } from './muster.ts';

/** What one person wrote without a long pause. Times in epoch ms. */
export interface Sitting {
  readonly person: PersonId;
  /** Brought back by the person after a restore; who wrote it may be others. */
  readonly recovered: boolean;
  readonly from: number;
  readonly to: number;
  readonly updates: number;
  readonly lastSeq: number;
}

export interface Sittings {
  /** Newest first. */
  readonly sittings: readonly Sitting[];
  readonly next: number | null;
  readonly total: number;
}

export interface PastText {
  readonly text: string;
  readonly content: readonly ProseNode[];
}

/** Where the editor's undo knows a restore by. */
export const RESTORE = 'restore a version';

type Request = (path: string, options?: { readonly signal: AbortSignal }) => Promise<unknown>;

/** Asks for the past of a record's description. All reject with BoundaryError. */
export class RoomPast {
  readonly #path: string;
  readonly #request: Request;

  constructor(id: RecordId, request: Request = openApi().request) {
    this.#path = `/api/records/${id}/room`;
    this.#request = request;
  }

  async sittings(before: number | null): Promise<Sittings> {
    const cursor = before === null ? '' : `&cursor=${before}`;
    const answer = await this.#request(`${this.#path}/changes?limit=200${cursor}`);
    if (!isSittings(answer)) throw malformed();
    return answer;
  }

  /** The description at an instant; without one, now. With `since`, what came and went after it is marked. */
  async description(
    moment: { readonly at?: number; readonly since?: number },
    signal: AbortSignal,
  ): Promise<PastText> {
    const query = new URLSearchParams(Object.entries(moment).map(([key, at]) => [key, String(at)]));
    const answer = await this.#request(`${this.#path}?${query.toString()}`, { signal });
    if (!isRoomAt(answer)) throw malformed();
    return answer.content.description;
  }
}

/**
 * Makes the description of a room what it was, as an edit of this person, merged with what others write meanwhile.
 * The answer takes it back.
 */
export function restoreDescription(room: LiveRoom, content: readonly ProseNode[]): () => void {
  const { fragment } = room;
  if (!(fragment instanceof Y.XmlFragment)) throw new Error('the room is not here');
  const undo = new Y.UndoManager(fragment, { trackedOrigins: new Set([RESTORE]) });
  restoreProse(fragment, content, RESTORE);
  undo.stopCapturing();
  return () => void undo.undo();
}

function isSittings(answer: unknown): answer is Sittings {
  return isObject(answer) && Array.isArray(answer['sittings']) && typeof answer['total'] === 'number';
}

function isRoomAt(answer: unknown): answer is { readonly content: { readonly description: PastText } } {
  if (!isObject(answer) || !isObject(answer['content'])) return false;
  const description = answer['content']['description'];
  return (
    isObject(description) && typeof description['text'] === 'string' && Array.isArray(description['content'])
  );
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

function malformed(): BoundaryError {
  return new BoundaryError('answer-malformed', 'The server answered something else than a history.');
}
