import type { BoardFields } from './board.ts';

/** What is asked for, as the command `change-board.<verb>` carries it. */
export type BoardAct =
  | { readonly verb: 'create'; readonly fields: BoardFields }
  | { readonly verb: 'edit'; readonly fields: Partial<BoardFields> }
  /** It plans no more meetings; those that were held stay. */
  | { readonly verb: 'retire' }
  | { readonly verb: 'revive' };

export type BoardVerb = BoardAct['verb'];

export type BoardEvent =
  | { readonly type: 'made'; readonly fields: BoardFields }
  | {
      readonly type: 'edited';
      readonly fields: Partial<BoardFields>;
      readonly before: Partial<BoardFields>;
    }
  | { readonly type: 'retired' }
  | { readonly type: 'revived' };
