/** What is done with boards and meetings, from any of their screens. */
import type { BoardAct, BoardContext, MeetingAct } from '@muster/domain/change';
import type { Outcome, RecordId } from '@muster/domain/shared';
import type { LiveMeetings } from '#lib/live/meeting/live-meetings.ts';
import type { Muster, SentCommand } from '#lib/live/muster.ts';
import { sayWith } from '#lib/shell/say.svelte.ts';
import { showToast } from '#lib/ui/toast.ts';
import { meetingRefusalWords } from '#lib/wording/meeting-refusals.ts';

/** Acts that are done at once, with a word when the rules refuse on this device; what the server refuses the tray tells. */
export class MeetingActs {
  readonly meetings: LiveMeetings;
  readonly #muster: Muster;

  constructor(meetings: LiveMeetings, muster: Muster) {
    this.meetings = meetings;
    this.#muster = muster;
  }

  /** Whether it is on its way; why not is said. */
  async run(meeting: RecordId, act: MeetingAct): Promise<boolean> {
    const why = await this.refusal(meeting, act);
    if (why !== null) showToast('That was not done', { tone: 'warning', detail: why });
    return why === null;
  }

  /** Why an act was refused on this device already, in words; null when it is on its way. */
  refusal(meeting: RecordId, act: MeetingAct): Promise<string | null> {
    return this.#whyNot(this.meetings.run(meeting, act));
  }

  /** As `refusal`, and what the server says later, in words; null once it is done. */
  sent(meeting: RecordId, act: MeetingAct): SentAct {
    const sent = this.meetings.run(meeting, act);
    return { refusal: this.#whyNot(sent), answer: sent.settled.then((outcome) => this.#words(outcome)) };
  }

  refusalOfBoard(
    board: RecordId,
    act: BoardAct,
    basis?: number,
    since?: BoardContext['since'],
  ): Promise<string | null> {
    return this.#whyNot(this.meetings.runBoard(board, act, basis, since));
  }

  async #whyNot(sent: SentCommand): Promise<string | null> {
    const answer = await sent.kept;
    return answer === 'kept' ? null : this.#words(answer);
  }

  #words(answer: Outcome): string | null {
    return answer.outcome === 'refused' ? meetingRefusalWords(answer.refusal, sayWith(this.#muster)) : null;
  }
}

/** An act in words: why it was refused on this device, and why by the server; null for what was not. */
export interface SentAct {
  readonly refusal: Promise<string | null>;
  readonly answer: Promise<string | null>;
}
