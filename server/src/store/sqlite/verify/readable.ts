/** Values of rows whose content is JSON; what a damaged file made unreadable is left out, and told to `unreadable`. */
export function readable<Row, Value>(
  rows: readonly Row[],
  read: (row: Row) => Value,
  unreadable: (row: Row) => void,
): readonly Value[] {
  return rows.flatMap((row) => {
    try {
      return [read(row)];
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      unreadable(row);
      return [];
    }
  });
}
