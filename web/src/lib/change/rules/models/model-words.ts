import type { ApprovalStage, ChangeNeed, ChangeState, ModelFault } from '@muster/domain/change';
import { changeStateWords } from '#lib/wording/changes.ts';

export const NEED_WORDS: Readonly<Record<ChangeNeed, string>> = {
  plans: 'the plans that its risk asks for',
  items: 'what is touched',
  window: 'a window',
  risk: 'its risk judged',
  template: 'its template in use',
  approvals: 'approvals',
  conflicts: 'conflicts cleared or waived',
  'now-in-window': 'to be in its window, or a reason',
  'no-freeze': 'no freeze',
  tasks: 'its tasks ended',
  result: 'how it went',
  review: 'a review where one is due',
};

export const STAGE_WORDS: Readonly<Record<ApprovalStage, string>> = {
  technical: 'approval by the technical policies',
  board: 'approval by the policies of the board',
};

export function stepWords({ from, to }: { readonly from: ChangeState; readonly to: ChangeState }): string {
  return `${changeStateWords(from)} → ${changeStateWords(to)}`;
}

/** Why a model may not be used, in a sentence that says what to do. */
export function modelFaultWords(fault: ModelFault): string {
  switch (fault.fault) {
    case 'unknown-state':
      return `“${changeStateWords(fault.state)}” is named and is no state of the model.`;
    case 'unapproved':
      return `${stepWords(fault.step)} goes past approval: it must need approvals, and be refused where nobody is asked.`;
    case 'freezable':
      return `${stepWords(fault.step)} must need a window, to be in it, and no freeze.`;
    case 'late-cancel':
      return `${stepWords(fault.step)}: from the review on a change is not cancelled any more.`;
    case 'stays':
      return `In “${changeStateWords(fault.state)}” what was approved could be edited and stay approved.`;
    case 'past-approval':
      return `A change comes to “${changeStateWords(fault.state)}” without a look at approvals, or is asked about there too late.`;
  }
}
