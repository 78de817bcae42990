export type Level = 1 | 2 | 3;
export type Priority = 1 | 2 | 3 | 4 | 5;

/** Impact (rows 1-3) times urgency (columns 1-3) gives priority. Data, versioned; rule A0.1. */
export interface PriorityMatrix {
  readonly version: number;
  readonly rows: readonly (readonly Priority[])[];
}

/** P = I + U - 1, the default of A0.1. */
export const DEFAULT_MATRIX: PriorityMatrix = {
  version: 1,
  rows: [
    [1, 2, 3],
    [2, 3, 4],
    [3, 4, 5],
  ],
};

export function priorityOf(matrix: PriorityMatrix, impact: Level, urgency: Level): Priority {
  const priority = matrix.rows[impact - 1]?.[urgency - 1];
  if (priority === undefined) throw new Error(`no priority for impact ${impact} and urgency ${urgency}`);
  return priority;
}
