import { symptomOf } from '@muster/domain/problem';
import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { Connection } from '../connection.ts';
import { rowHash, updateSum } from '../row-sums.ts';

type Bytes = Uint8Array;

/** What migrations count in SQL, so that millions of rows are one statement. */
export function addMigrationFunctions(connection: Connection): void {
  const add = (name: string, count: (...values: never[]) => unknown): void =>
    void connection.function(name, { deterministic: true, varargs: true }, count as () => unknown);
  add('update_sum', updateSum);
  add('symptom_of', symptomOf);
  add('row_hash', (...values: (string | number | Bytes)[]) =>
    rowHash(
      values.filter((value): value is string | number => !(value instanceof Uint8Array)),
      ...values.filter((value) => value instanceof Uint8Array),
    ),
  );
  // sums of the bytes alone, as logs had them before 0007
  add('bytes_crc', (bytes: Bytes) => crc32(bytes));
  add('bytes_hash', (...bytes: Bytes[]) => {
    const hash = createHash('sha256');
    for (const each of bytes) hash.update(each);
    return hash.digest('hex');
  });
}
