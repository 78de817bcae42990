/** Small event logs in the source's shape, for tests. */

export const HEADER =
  'number,incident_state,caller_id,opened_by,opened_at,sys_updated_by,sys_updated_at,contact_type,location,category,subcategory,u_symptom,impact,urgency,priority,assignment_group,assigned_to,problem_id,rfc,vendor,caused_by,closed_code,resolved_at,closed_at';

const DEFAULTS: Readonly<Record<string, string>> = {
  number: 'INC0000045',
  incident_state: 'New',
  caller_id: 'Caller 2403',
  opened_by: 'Opened by  8',
  opened_at: '29/2/2016 01:16',
  sys_updated_by: 'Updated by 21',
  sys_updated_at: '29/2/2016 01:23',
  contact_type: 'Phone',
  location: 'Location 143',
  category: 'Category 55',
  subcategory: 'Subcategory 170',
  u_symptom: 'Symptom 72',
  impact: '2 - Medium',
  urgency: '2 - Medium',
  priority: '3 - Moderate',
  assignment_group: 'Group 56',
  assigned_to: '?',
  problem_id: '?',
  rfc: '?',
  vendor: '?',
  caused_by: '?',
  closed_code: 'code 5',
  resolved_at: '29/2/2016 11:29',
  closed_at: '5/3/2016 12:00',
};

/** One line of the log with the given columns set. */
export function line(columns: Readonly<Record<string, string>> = {}): string {
  return HEADER.split(',')
    .map((column) => columns[column] ?? DEFAULTS[column] ?? '?')
    .join(',');
}

/** A whole log: the header and its lines. */
export function log(...lines: readonly string[]): string {
  return `${[HEADER, ...lines].join('\n')}\n`;
}
