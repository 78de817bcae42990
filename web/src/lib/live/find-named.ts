import { NUMBER_PREFIX } from '@muster/domain/shared';
import type { RecordId, RecordProcess } from '@muster/domain/shared';

/** The newest of the records that somebody's words name: by id, number or token, or by the digits of a number. */
export function findNamed<
  Row extends {
    readonly id: RecordId;
    readonly number: string | null;
    readonly token: string;
    readonly madeAt: number;
  },
>(process: RecordProcess, rows: readonly Row[], reference: string): RecordId | undefined {
  const wanted = reference.trim().toUpperCase();
  if (wanted === '') return undefined;
  const digits = new RegExp(`^(?:${NUMBER_PREFIX[process]}-?)?#?(\\d+)$`).exec(wanted)?.[1];
  const named = rows.filter(
    ({ id, number, token }) =>
      id === wanted ||
      number?.toUpperCase() === wanted ||
      token.toUpperCase() === wanted ||
      (digits !== undefined && number !== null && Number(number.split('-').at(-1)) === Number(digits)),
  );
  return named.toSorted((a, b) => b.madeAt - a.madeAt)[0]?.id;
}
