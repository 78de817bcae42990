import * as Y from 'yjs';

/**
 * Finds words of this tab that somebody else took away without having seen them: with the paragraph that they were
 * written into meanwhile. Yjs lets the removal win, and says nothing; whoever wrote them has to be told.
 * What an earlier visit wrote and never sent is not told apart here from what was sent.
 */
export class UnseenWords {
  readonly #doc: Y.Doc;
  /** Clock of the first piece made here that the server may not have; null when it has all. */
  #from: number | null = null;

  constructor(doc: Y.Doc, options: UnseenWordsOptions) {
    this.#doc = doc;
    doc.on('afterTransaction', (transaction: Y.Transaction) => {
      if (this.#from === null || !options.isRemote(transaction.origin)) return;
      const words = this.#takenBy(transaction, this.#from);
      if (words.trim() !== '') options.taken(words);
    });
  }

  /** Something was made here that the server does not have yet. */
  made({ beforeState }: Y.Transaction): void {
    this.#from ??= beforeState.get(this.#doc.clientID) ?? 0;
  }

  /** The server has all that was made here. */
  sent(): void {
    this.#from = null;
  }

  #takenBy(transaction: Y.Transaction, from: number): string {
    const taken: string[] = [];
    Y.iterateDeletedStructs(transaction, transaction.deleteSet, (struct) => {
      if (!(struct instanceof Y.Item) || !(struct.content instanceof Y.ContentString)) return;
      const { client, clock } = struct.id;
      if (client === this.#doc.clientID && clock + struct.length > from)
        taken.push(struct.content.str.slice(Math.max(0, from - clock)));
    });
    return taken.join('');
  }
}

export interface UnseenWordsOptions {
  /** True for the origin of what came from the server. */
  readonly isRemote: (origin: unknown) => boolean;
  readonly taken: (words: string) => void;
}
