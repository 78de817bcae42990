/** Why the rules did not take a row, for who imports it. */
export function refusalWords(refusal: { readonly code: string }): string {
  const facts: Readonly<Record<string, unknown>> = { ...refusal };
  switch (refusal.code) {
    case 'configuration/same-identity':
      return `another item has the same "${String(facts['attribute'])}": "${String(facts['value'])}"`;
    case 'configuration/invalid-value':
      return `"${String(facts['value']).slice(0, 80)}" does not fit "${String(facts['field'])}"`;
    case 'configuration/unknown-person':
      return 'its owner is not here any more';
    case 'configuration/unknown-team':
      return 'its team is not there any more';
    case 'configuration/nothing-to-change':
      return 'somebody said the same meanwhile; nothing was left to change';
    case 'configuration/already-exists':
      return 'somebody made it meanwhile; import the file again';
    case 'configuration/not-permitted':
      return `this needs ${String(facts['permission'])}`;
    default:
      return `the rules do not take it (${refusal.code})`;
  }
}
