import type { PersonId } from '@muster/domain/shared';

/** Colours of carets and faces: each holds white text at 4.5:1 or more. */
const COLOURS = [
  '#b3261e',
  '#b3480f',
  '#8a5300',
  '#5d6b00',
  '#2f7a1f',
  '#00775a',
  '#007482',
  '#0a6aa8',
  '#3557c4',
  '#6544c2',
  '#91359f',
  '#ad2a6b',
] as const;

/** The same colour for a person everywhere and always. */
export function colourOf(person: PersonId): string {
  let sum = 0;
  for (const character of person) sum = (sum * 31 + character.charCodeAt(0)) % 2_147_483_647;
  return COLOURS[sum % COLOURS.length] ?? COLOURS[0];
}
