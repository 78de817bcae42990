import type { CommandEnvelope, ScheduleAct } from '@muster/domain/shared';

export const SCHEDULE_PREFIX = 'schedule.';

/** The act inside an envelope; null when it is not about a schedule. */
export function scheduleActOf(envelope: Pick<CommandEnvelope, 'type' | 'args'>): ScheduleAct | null {
  if (!envelope.type.startsWith(SCHEDULE_PREFIX)) return null;
  // made by this client's own `run`, so of the shape that its types say
  return { ...(envelope.args as object), verb: envelope.type.slice(SCHEDULE_PREFIX.length) } as ScheduleAct;
}
