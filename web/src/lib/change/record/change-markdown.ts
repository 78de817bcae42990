import { tasksInOrder } from '@muster/domain/change';
import type { PlanName } from '@muster/domain/change';
import type { ItemId } from '@muster/domain/shared';
import type { ChangeRow } from '#lib/live/change/live-changes.ts';
import type { Say } from '#lib/wording/say.ts';
import {
  APPROVAL_WORDS,
  PLAN_WORDS,
  RESULT_WORDS,
  RISK_WORDS,
  TASK_STAGE_WORDS,
  changeStateWords,
} from '#lib/wording/changes.ts';

/** A change as a page of Markdown, with its plans, which are Markdown already. */
export function changeMarkdown(
  change: ChangeRow,
  kind: string,
  plans: readonly (readonly [PlanName, string])[],
  say: Say,
  itemName: (id: ItemId) => string | null,
): string {
  const window =
    change.begins === null || change.ends === null
      ? 'none yet'
      : `${new Date(change.begins).toISOString()} to ${new Date(change.ends).toISOString()}`;
  const facts = [
    `- State: ${changeStateWords(change.state)}${change.result === null ? '' : `, ${RESULT_WORDS[change.result].toLowerCase()}`}`,
    `- Kind: ${plain(kind)}`,
    `- Window: ${window}`,
    `- Touches: ${change.items.map((item) => plain(itemName(item) ?? 'something else')).join(', ') || 'nothing named'}`,
    `- Risk: ${change.risk === null ? 'not judged' : RISK_WORDS[change.risk.level]}`,
    `- Carried out by: ${change.owner === null ? 'nobody yet' : named(change.owner, say)}`,
  ];
  const written = plans.filter(([, text]) => text.trim() !== '');
  const tasks = tasksInOrder(change.tasks).map(
    ({ title, state, owner }, index) =>
      `${index + 1}. ${plain(title)} (${state === 'pending' ? 'Open' : TASK_STAGE_WORDS[state]}${owner === null ? '' : `, ${named(owner, say)}`})`,
  );
  const votes = change.approvals.map(
    ({ person, state, note }) =>
      `- ${named(person, say)}: ${APPROVAL_WORDS[state]}${note === null ? '' : `, “${plain(note)}”`}`,
  );
  return (
    [
      `# ${change.number ?? change.token} ${plain(change.title)}`,
      facts.join('\n'),
      ...written.flatMap(([plan, text]) => [`## ${PLAN_WORDS[plan]}`, text.trim()]),
      ...(tasks.length > 0 ? ['## Tasks', tasks.join('\n')] : []),
      ...(votes.length > 0 ? ['## Approvals', votes.join('\n')] : []),
    ].join('\n\n') + '\n'
  );
}

function named(person: string, say: Say): string {
  return plain(say.person(person));
}

/** What people wrote stays text. */
function plain(words: string): string {
  return words.replace(/([\\`*_[\]<>#|])/g, '\\$1');
}
