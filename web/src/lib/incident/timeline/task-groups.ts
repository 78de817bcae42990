import type { Task } from '@muster/documents';
import { RUNBOOK_PHASES } from '@muster/domain/shared';
import { PHASE_NAMES } from '#lib/wording/major.ts';

export interface TaskGroup {
  readonly key: string;
  /** `Mail is stuck: Triage`; `Tasks` for those that are of no runbook. */
  readonly name: string;
  readonly tasks: readonly Task[];
}

/** Tasks of people first, then those of each runbook by phase, within one in the order of its steps. */
export function taskGroups(tasks: readonly Task[]): readonly TaskGroup[] {
  const own = tasks.filter(({ origin }) => origin === null);
  const runbooks = new Map(
    tasks.flatMap(({ origin }) => (origin === null ? [] : [[origin.runbook, origin.name]])),
  );
  const guided = [...runbooks].flatMap(([runbook, name]) =>
    RUNBOOK_PHASES.map((phase) => ({
      key: `${runbook}:${phase}`,
      name: `${name}: ${PHASE_NAMES[phase]}`,
      tasks: tasks
        .filter(({ origin }) => origin?.runbook === runbook && origin.phase === phase)
        .sort((a, b) => (a.origin?.place ?? 0) - (b.origin?.place ?? 0)),
    })),
  );
  return [{ key: 'own', name: 'Tasks', tasks: own }, ...guided].filter((group) => group.tasks.length > 0);
}
