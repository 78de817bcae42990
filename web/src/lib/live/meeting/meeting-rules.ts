import { decideBoard, decideMeeting, evolveBoard, evolveMeeting } from '@muster/domain/change';
import type {
  BoardAct,
  BoardContext,
  Meeting,
  MeetingAct,
  MeetingBoard,
  MeetingFacts,
} from '@muster/domain/change';
import type { Actor, CommandEnvelope, Directory, RecordId } from '@muster/domain/shared';
import { boardActOf, meetingActOf } from './meeting-acts.ts';

/** The server's own rules of boards and meetings over what is here. */
export class MeetingRules {
  readonly #options: MeetingRulesOptions;

  constructor(options: MeetingRulesOptions) {
    this.#options = options;
  }

  decide(target: RecordId, state: Meeting | null, act: MeetingAct, now: number) {
    const { actor, directory, facts } = this.#options;
    return decideMeeting(state, act, {
      ...{ actor, now, target, since: [], directory: directory(), facts: facts() },
    });
  }

  decideBoard(
    target: RecordId,
    state: MeetingBoard | null,
    act: BoardAct,
    since: BoardContext['since'] = [],
  ) {
    const { actor, directory } = this.#options;
    return decideBoard(state, act, { actor, target, directory: directory(), since });
  }

  /** With an own act. What the rules refuse meanwhile changes nothing. */
  fold(id: RecordId, state: Meeting | null, envelope: CommandEnvelope): Meeting | null {
    const act = meetingActOf(envelope);
    if (act === null) return state;
    const { clientAt: at } = envelope;
    const answer = this.decide(id, state, act, at);
    if (!answer.ok) return state;
    const actor = this.#options.actor.id;
    return answer.value.events.reduce<Meeting | null>(
      (so, event) => evolveMeeting(so, event, { actor, at }, id),
      state,
    );
  }

  foldBoard(id: RecordId, state: MeetingBoard | null, envelope: CommandEnvelope): MeetingBoard | null {
    const act = boardActOf(envelope);
    if (act === null) return state;
    const answer = this.decideBoard(id, state, act);
    if (!answer.ok) return state;
    return answer.value.events.reduce<MeetingBoard | null>(
      (so, event) => evolveBoard(so, event, { at: envelope.clientAt }, id),
      state,
    );
  }
}

export interface MeetingRulesOptions {
  readonly actor: Actor;
  readonly directory: () => Directory;
  /** Boards, meetings and changes as they stand here. */
  readonly facts: () => MeetingFacts;
}
