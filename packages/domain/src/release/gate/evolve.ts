import type { Instant, PersonId } from '../../shared/index.ts';
import { unreachable } from '../../shared/index.ts';
import type { Release } from '../release.ts';
import type { Gate, GateEvent } from './gate.ts';

interface By {
  readonly actor: PersonId;
  readonly at: Instant;
}

/** The release after something happened to its gates. */
export function evolveGates(release: Release, event: GateEvent, { actor, at }: By): Release {
  switch (event.type) {
    case 'check-reported': {
      const run = { value: event.value, by: actor, at };
      const asks = ({ rule }: Gate) => rule.kind === 'check' && rule.check === event.check;
      return withGates(release, asks, (gate) => ({ ...gate, run }));
    }
    case 'signed-off': {
      const line = { person: actor, note: event.note, at };
      return withGates(release, isCalled(event.gate), (gate) => ({
        ...gate,
        signed: [...gate.signed, line],
      }));
    }
    case 'gate-excepted': {
      const { reason, failing, value } = event;
      const exception = { reason, by: actor, at, failing, value };
      return withGates(release, isCalled(event.gate), (gate) => ({ ...gate, exception }));
    }
    case 'exception-ended':
      return withGates(release, isCalled(event.gate), (gate) => ({ ...gate, exception: null }));
    default:
      return unreachable(event);
  }
}

function isCalled(id: string): (gate: Gate) => boolean {
  return (gate) => gate.id === id;
}

function withGates(release: Release, which: (gate: Gate) => boolean, change: (gate: Gate) => Gate): Release {
  const phases = release.phases.map((phase) =>
    phase.gates.some(which)
      ? { ...phase, gates: phase.gates.map((gate) => (which(gate) ? change(gate) : gate)) }
      : phase,
  );
  return { ...release, phases };
}
