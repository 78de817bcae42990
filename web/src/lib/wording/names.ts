/** Names of fields and states inside a sentence, in small letters. */
const FIELDS: Readonly<Record<string, string>> = {
  coOwners: 'co-owners',
  holdReason: 'reason for the hold',
  code: 'resolution code',
  notes: 'resolution note',
  reportInterval: 'interval of the status reports',
  text: 'text',
  kind: 'kind',
  priority: 'priority',
  restrictedTo: 'choice of who may read this',
  people: 'choice of people',
};

export function fieldWords(field: unknown): string {
  if (typeof field !== 'string' || field === '') return 'value';
  return (
    FIELDS[field] ??
    field
      .replace(/[_-]/g, ' ')
      .replace(/([a-z])([A-Z])/g, '$1 $2')
      .toLowerCase()
  );
}

export function stateWords(state: unknown): string {
  return typeof state === 'string' && state !== '' ? state.replace(/[_-]/g, ' ') : 'another state';
}
