/** An incident event log of ServiceNow in the shape of the real one, as large as asked for. */

const COLUMNS =
  'number,incident_state,active,reassignment_count,reopen_count,sys_mod_count,made_sla,caller_id,opened_by,opened_at,sys_created_by,sys_created_at,sys_updated_by,sys_updated_at,contact_type,location,category,subcategory,u_symptom,cmdb_ci,impact,urgency,priority,assignment_group,assigned_to,knowledge,u_priority_confirmation,notify,problem_id,rfc,vendor,caused_by,closed_code,resolved_by,resolved_at,closed_at';

const TAIL = 'true,false,Do Not Notify,?,?,?,?';

/** `count` incidents of two rows each, and among them `broken` ones of a row that no reader can make sense of. */
export function incidentLog(count: number, options: { readonly broken?: number } = {}): string {
  const rows = Array.from({ length: count }, (_, index) => incidentRows(index)).flat();
  for (let fault = 0; fault < (options.broken ?? 0); fault += 1)
    rows.splice(2 + fault * 3, 0, brokenRow(fault));
  return [COLUMNS, ...rows, ''].join('\n');
}

function incidentRows(index: number): string[] {
  const number = `INC${String(1_000_000 + index)}`;
  const day = 1 + (index % 28);
  const opened = `${day}/3/2016 0${index % 10}:16`;
  return ['New', 'Resolved'].map((state, step) =>
    [
      ...[
        number,
        state,
        'true',
        '0',
        '0',
        String(step),
        'true',
        `Caller ${index % 90}`,
        'Opened by  8',
        opened,
      ],
      ...['Created by 6', opened, `Updated by ${20 + step}`, `${day}/3/2016 1${step}:29`, 'Phone'],
      ...['Location 143', 'Category 55', 'Subcategory 170', 'Symptom 72', '?'],
      ...['2 - Medium', '2 - Medium', '3 - Moderate', 'Group 56', '?', TAIL],
      ...['code 5', 'Resolved by 149', `${day}/3/2016 11:29`, `${day + 1}/4/2016 12:00`],
    ].join(','),
  );
}

/** A record of its own whose time says nothing. */
function brokenRow(fault: number): string {
  return incidentRows(5_000_000 + fault)[0]?.replace(/\d+\/3\/2016 \d\d:\d\d/g, 'some day') ?? '';
}
