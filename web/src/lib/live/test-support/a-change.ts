import { NO_CHANGE_RULES } from '@muster/documents/change';
import { change as decider } from '@muster/domain/change';
import { servicesAlone } from '@muster/domain/testing/changes';
import type { Change } from '@muster/domain/change';
import { DEFAULT_MATRIX, permissionsOf, personId } from '@muster/domain/shared';
import type { Actor, Directory, RecordId, Role } from '@muster/domain/shared';

export const NOW = 1_780_000_000_000;

/** An organisation with nothing in it. */
export const NOBODY: Directory = {
  ...{ people: new Map(), teams: new Map(), services: new Map(), categories: [], matrix: DEFAULT_MATRIX },
  ...{ calendars: new Map(), agreements: [], majorRules: [], runbooks: new Map(), schedules: new Map() },
  chains: new Map(),
};

export function ana(role: Role): Actor {
  return { id: personId('ana'), name: 'Ana', permissions: permissionsOf([role]), teams: [] };
}

/** A normal change that Ana made just now, as the server has it. */
export function aChange(id: RecordId): Change {
  const actor = ana('agent');
  const act = { process: 'change', verb: 'create', model: 'normal', fields: { title: 'Change' } } as const;
  const verdict = decider.decide(null, act, {
    ...{ actor, now: NOW, clientAt: NOW, target: id, since: [], number: `CHG-2026-0000${id.at(-1)}` },
    ...{ related: new Map(), directory: NOBODY },
    facts: {
      ...NO_CHANGE_RULES,
      dependencies: servicesAlone(NOBODY.services),
      ...{ conflictsOf: () => [], pastOf: () => [] },
    },
  });
  const [event] = verdict.ok ? verdict.value.events : [];
  if (event === undefined) throw new Error('the change was not made');
  return decider.evolve(null, { seq: 1, version: 1, event, actor: actor.id, at: NOW, clientAt: NOW }, id);
}
