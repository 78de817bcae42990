import { factsNeeded, release as decider } from '@muster/domain/release';
import type { Release, ReleaseAct, ReleaseFacts } from '@muster/domain/release';
import type { Actor, CommandEnvelope, Directory, RecordId } from '@muster/domain/shared';
import { releaseActOf } from './release-acts.ts';

/** The server's own rules over what is here. They look at no more changes than the server would. */
export class ReleaseRules {
  readonly #options: ReleaseRulesOptions;

  constructor(options: ReleaseRulesOptions) {
    this.#options = options;
  }

  decide(
    id: RecordId,
    state: Release | null,
    act: ReleaseAct,
    clientAt: number,
  ): ReturnType<typeof decider.decide> {
    const { actor, directory, facts } = this.#options;
    return decider.decide(state, act, {
      ...{ actor, now: clientAt, clientAt, target: id, since: [], number: null, related: new Map() },
      directory: directory(),
      facts: facts(factsNeeded(state, act).changes),
    });
  }

  /** With an own act. What the rules refuse meanwhile changes nothing. */
  fold(id: RecordId, state: Release | null, envelope: CommandEnvelope): Release | null {
    const act = releaseActOf(envelope);
    if (act === null) return state;
    const { clientAt } = envelope;
    const answer = this.decide(id, state, act, clientAt);
    if (!answer.ok || answer.value.superseded !== undefined) return state;
    const actor = this.#options.actor.id;
    return answer.value.events.reduce<Release | null>((so, event) => {
      const version = (so?.version ?? 0) + 1;
      return decider.evolve(so, { seq: 0, version, event, actor, at: clientAt, clientAt }, id);
    }, state);
  }
}

export interface ReleaseRulesOptions {
  readonly actor: Actor;
  readonly directory: () => Directory;
  /** Changes as they stand here, by id. */
  readonly facts: (changes: readonly RecordId[]) => ReleaseFacts;
}
