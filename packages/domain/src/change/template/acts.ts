import type { RecordId } from '../../shared/index.ts';
import type { ChangeResult } from '../review/result.ts';
import type { TemplateFields } from './template.ts';

/** What is asked for, as the command `template.<verb>` carries it. */
export type TemplateAct =
  | { readonly verb: 'propose'; readonly fields: TemplateFields }
  /** Whatever is edited is to be approved anew. */
  | { readonly verb: 'edit'; readonly fields: Partial<TemplateFields> }
  | { readonly verb: 'approve'; readonly revision: number }
  | { readonly verb: 'reject'; readonly reason: string }
  | { readonly verb: 'retire'; readonly reason: string }
  /** A retirement that was proposed is not needed. */
  | { readonly verb: 'keep'; readonly reason: string }
  /** The system alone: a change was made from it, or one of them ended. */
  | { readonly verb: 'note-use'; readonly change: RecordId }
  | { readonly verb: 'note-result'; readonly change: RecordId; readonly result: ChangeResult };

export type TemplateEvent =
  | { readonly type: 'proposed'; readonly fields: TemplateFields }
  | { readonly type: 'edited'; readonly fields: Partial<TemplateFields> }
  | { readonly type: 'approved'; readonly revision: number }
  | { readonly type: 'rejected'; readonly reason: string }
  | { readonly type: 'retired'; readonly reason: string }
  | { readonly type: 'kept'; readonly reason: string }
  | { readonly type: 'used'; readonly change: RecordId }
  | { readonly type: 'ended'; readonly change: RecordId; readonly result: ChangeResult }
  | { readonly type: 'retirement-proposed'; readonly change: RecordId };
