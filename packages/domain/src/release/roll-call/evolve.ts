import type { Instant, PersonId } from '../../shared/index.ts';
import { unreachable } from '../../shared/index.ts';
import type { Release } from '../release.ts';
import type { RollCallEvent } from './roll-call.ts';

interface By {
  readonly actor: PersonId;
  readonly at: Instant;
}

/** The release after its leads were asked, or one of them answered. */
export function evolveRollCall(release: Release, event: RollCallEvent, { actor, at }: By): Release {
  switch (event.type) {
    case 'roll-call-opened': {
      const { leads, quorum } = event;
      return { ...release, rollCall: { leads, quorum, openedBy: actor, openedAt: at, answers: [] } };
    }
    case 'answered': {
      const { rollCall } = release;
      if (rollCall === null) return release;
      const { answer, note, readiness, at: givenAt } = event;
      const others = rollCall.answers.filter(({ person }) => person !== actor);
      const given = { person: actor, answer, note, readiness, at: givenAt };
      return { ...release, rollCall: { ...rollCall, answers: [...others, given] } };
    }
    default:
      return unreachable(event);
  }
}
