/** Steps of a checklist as the document of a release keeps them, one entry a step. */
import type { Evidence, Mark, Step } from '@muster/domain/release';
import type { PersonId, RecordId } from '@muster/domain/shared';
import { fallback, flag, flat, id, list, number, oneOf, optional, text, whole } from '../codec.ts';
import { versioned } from '../nonconforming.ts';

const person = id<PersonId>();

/** The order is layout: it grows at its end. */
const MARK_KINDS = ['ticked', 'unticked', 'evidence'] as const satisfies readonly Mark['kind'][];

const mark = flat<Mark>({
  kind: oneOf(MARK_KINDS),
  person,
  at: whole,
  order: whole,
  seen: whole,
});

/** What most steps lack stands last. */
export const stepEntry = versioned(
  1,
  flat<Omit<Step, 'id'>>({
    title: text,
    phase: text,
    minutes: number,
    owner: optional(person),
    change: optional(id<RecordId>()),
    after: list(id<string>()),
    rollback: fallback(text, ''),
    startedAt: optional(whole),
    startedBy: optional(person),
    tick: optional(mark),
    marks: list(mark),
    noReturn: fallback(flag, false),
    evidence: list(flat<Evidence>({ id: id<string>(), text, by: person, at: whole })),
    contest: optional(flat<NonNullable<Step['contest']>>({ stands: mark, gives: mark })),
    rolledBackAt: optional(whole),
    rolledBackBy: optional(person),
  }),
);
