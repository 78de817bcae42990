/** A room as it stood: asked of the server, which alone keeps it, and brought back by an edit of the room of today. */
import {
  RoomReplay,
  decodeEntry,
  isNonconforming,
  readEntries,
  readTaskList,
  restoreProse,
  unpackRecording,
} from '@muster/documents';
import type { ProseNode, ProseText, RoomContent, Task, TimelineEntry } from '@muster/documents';
import type { PlanName } from '@muster/domain/change';
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

export interface PastTimeline {
  readonly entries: readonly TimelineEntry[];
  /** The words of each entry in runs of one author. */
  readonly words: ReadonlyMap<string, readonly ProseText[]>;
  readonly tasks: readonly Task[];
  readonly nonconforming: number;
}

/** Epoch ms: `at` is now when left out; with `since`, what came and went after it is marked. */
export interface Moment {
  readonly at?: number;
  readonly since?: number;
}

/** Where the editor's undo knows a restore by. */
export const RESTORE = 'restore a version';

type Request = (
  path: string,
  options?: { readonly signal: AbortSignal; readonly as?: 'bytes' },
) => Promise<unknown>;

/** Asks for the past of what is written together on a record. All reject with BoundaryError. */
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
  async description(moment: Moment, signal: AbortSignal): Promise<PastText> {
    return (await this.#contentAt(moment, signal)).description;
  }

  /** A plan of a change, as `description` gives the description. */
  async plan(plan: PlanName, moment: Moment, signal: AbortSignal): Promise<PastText> {
    const { [plan]: found } = await this.#contentAt(moment, signal);
    if (found === undefined) throw malformed();
    return found;
  }

  /** The timeline and tasks at an instant, with who wrote each word. */
  async timeline(moment: Moment, signal: AbortSignal): Promise<PastTimeline> {
    const { timeline, checklist } = await this.#contentAt(moment, signal);
    const present = timeline.filter((item) => item.removed === undefined);
    const words = new Map<string, readonly ProseText[]>();
    for (const { value, texts } of timeline) {
      const entry = decodeEntry('', value);
      if (!isNonconforming(entry)) words.set(entry.id, texts[0]?.content ?? []);
    }
    const { entries, nonconforming } = readEntries(present.map(({ value }) => value));
    const { tasks } = readTaskList(
      checklist.filter((item) => item.removed === undefined).map(({ value }) => value),
    );
    return { entries, words, tasks, nonconforming: nonconforming.length };
  }

  /** All that was written, for a replay that needs the server no more. */
  async recording(signal: AbortSignal): Promise<RoomReplay> {
    const answer = await this.#request(`${this.#path}/recording`, { signal, as: 'bytes' });
    const recording = answer instanceof Uint8Array ? unpackRecording(answer) : null;
    if (recording === null) throw malformed();
    return new RoomReplay(recording);
  }

  async #contentAt(moment: Moment, signal: AbortSignal): Promise<RoomAnswer['content']> {
    const query = new URLSearchParams(Object.entries(moment).map(([key, at]) => [key, String(at)]));
    const answer = await this.#request(`${this.#path}?${query.toString()}`, { signal });
    if (!isRoomAt(answer)) throw malformed();
    return answer.content;
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

interface RoomAnswer {
  readonly content: Pick<RoomContent, 'timeline' | 'checklist'> & {
    readonly description: PastText;
  } & Readonly<Partial<Record<PlanName, PastText>>>;
}

function isRoomAt(answer: unknown): answer is RoomAnswer {
  if (!isObject(answer) || !isObject(answer['content'])) return false;
  const { description, timeline, checklist } = answer['content'];
  if (!Array.isArray(timeline) || !Array.isArray(checklist)) return false;
  return (
    isObject(description) && typeof description['text'] === 'string' && Array.isArray(description['content'])
  );
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

function malformed(): BoundaryError {
  return new BoundaryError('answer-malformed', 'The server answered something else than a history.');
}
