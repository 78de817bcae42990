import type { PersonId, RecordId, Recorded, TicketEvent } from '@muster/domain/shared';

export type Voice = 'reply' | 'note';

/** Where a person's unsent words on a record live; one for each voice, shared by their devices. */
export function draftId(voice: Voice, record: RecordId): string {
  return `${voice}:${record}`;
}

/**
 * The key under which a text is sent. It names the place in the conversation, so that two devices
 * sending the same draft send one message, and the next message has a key of its own.
 */
export function draftKey(
  voice: Voice,
  record: RecordId,
  me: PersonId,
  events: readonly Recorded<TicketEvent>[],
): string {
  const type = voice === 'reply' ? 'replied' : 'commented';
  const sent = events.filter(({ event, actor }) => event.type === type && actor === me).length;
  return `${draftId(voice, record)}:${sent}`;
}
