import type { Sample } from './admin-api.ts';

const COLUMNS: readonly (keyof Sample)[] = [
  'updates',
  'commitMedian',
  'commitSlowest',
  'largestGroup',
  'waiting',
  'lag',
  'sockets',
  'openDocuments',
  'memoryBytes',
];

/** Samples as a table: times in ISO 8601, durations in ms, an empty cell where nothing was measured. */
export function samplesAsCsv(samples: readonly Sample[]): string {
  const lines = samples.map((sample) =>
    [new Date(sample.at).toISOString(), ...COLUMNS.map((column) => sample[column] ?? '')].join(','),
  );
  return [['at', ...COLUMNS].join(','), ...lines, ''].join('\r\n');
}
