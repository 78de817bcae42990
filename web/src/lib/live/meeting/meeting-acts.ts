import type { BoardAct, MeetingAct } from '@muster/domain/change';
import type { CommandEnvelope } from '@muster/domain/shared';

export const BOARD_PREFIX = 'change-board.';
export const MEETING_PREFIX = 'change-meeting.';

/** The act inside an envelope; null when it is not about a meeting. */
export function meetingActOf(envelope: Pick<CommandEnvelope, 'type' | 'args'>): MeetingAct | null {
  return actOf<MeetingAct>(envelope, MEETING_PREFIX);
}

/** The act inside an envelope; null when it is not about a board. */
export function boardActOf(envelope: Pick<CommandEnvelope, 'type' | 'args'>): BoardAct | null {
  return actOf<BoardAct>(envelope, BOARD_PREFIX);
}

function actOf<Act>({ type, args }: Pick<CommandEnvelope, 'type' | 'args'>, prefix: string): Act | null {
  if (!type.startsWith(prefix)) return null;
  // made by this client's own `run`, so of the shape that its types say
  return { ...(args as object), verb: type.slice(prefix.length) } as Act;
}
