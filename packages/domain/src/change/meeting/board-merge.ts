/** What several people alter of one board at the same time (CHG-108). People merge; of anything else the first stands. */
import { saysSame } from '../../shared/index.ts';
import type { PersonId, Recorded } from '../../shared/index.ts';
import type { BoardEvent } from './board-acts.ts';
import type { BoardFields } from './board.ts';
import { no } from './refusals.ts';

type Field = keyof BoardFields;
type Edit = Recorded<Extract<BoardEvent, { readonly type: 'edited' }>>;

/** Lists of people, in which one name says nothing of another. */
const PEOPLE = ['chairs', 'members'] as const;

/** The people that stand, with whom an author added to those they saw and without whom they took out. */
export function mergedPeople(
  seen: readonly PersonId[],
  given: readonly PersonId[],
  standing: readonly PersonId[],
): readonly PersonId[] {
  const stay = standing.filter((person) => given.includes(person) || !seen.includes(person));
  return [...stay, ...given.filter((person) => !seen.includes(person) && !standing.includes(person))];
}

/** The fields of an edit on top of what its author had not seen; or who altered the same one before. */
export function mergedEdit(
  standing: BoardFields,
  given: Partial<BoardFields>,
  since: readonly Recorded<BoardEvent>[],
  author: PersonId,
): Partial<BoardFields> | ReturnType<typeof no> {
  const merged: Partial<Record<Field, unknown>> = { ...given };
  for (const field of Object.keys(given) as Field[]) {
    const edits = since.filter((each): each is Edit => isEditOf(each.event, field));
    const theirs = edits.findLast(({ actor }) => actor !== author);
    if (theirs === undefined || saysSame(given[field], standing[field])) continue;
    const people = PEOPLE.find((each) => each === field);
    if (people === undefined) return no('board-moved', { field, by: theirs.actor, at: theirs.at });
    merged[people] = mergedPeople(seenBy(author, edits, people), given[people] ?? [], standing[people]);
  }
  return merged as Partial<BoardFields>;
}

/** What an author saw: as it was before all of these, with what they did themselves, of which they know. */
function seenBy(
  author: PersonId,
  edits: readonly Edit[],
  field: (typeof PEOPLE)[number],
): readonly PersonId[] {
  return edits.reduce<readonly PersonId[]>(
    (seen, { actor, event: { before, fields } }) =>
      actor === author ? mergedPeople(before[field] ?? [], fields[field] ?? [], seen) : seen,
    edits[0]?.event.before[field] ?? [],
  );
}

function isEditOf(event: BoardEvent, field: Field): boolean {
  return event.type === 'edited' && Object.hasOwn(event.fields, field);
}
