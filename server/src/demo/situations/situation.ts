import type { TicketKind } from '@muster/domain/shared';

/** What people write about, by category of service. `{place}` is filled when a record is made. */
export interface Situation {
  readonly kind: TicketKind;
  readonly title: string;
  readonly text: string;
  readonly question: string;
  readonly answer: string;
  readonly note: string;
  readonly code: string;
  readonly notes: string;
}

export const situation = (
  kind: TicketKind,
  title: string,
  text: string,
  question: string,
  answer: string,
  note: string,
  code: string,
  notes: string,
): Situation => ({ kind, title, text, question, answer, note, code, notes });
