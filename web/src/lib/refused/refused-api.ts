import type { Api } from '#lib/connection/api.ts';

/** What the server did not take of one's own writing in a document. */
export interface RefusedText {
  readonly id: number;
  /** Epoch ms. */
  readonly at: number;
  /** Name of the document that it was written in. */
  readonly document: string;
  readonly code: string;
  /** Bytes. */
  readonly size: number;
  /** The words that can be read out of it; empty when there are none. */
  readonly text: string;
}

export interface RefusedPage {
  readonly rejected: readonly RefusedText[];
  /** Where the next page begins; null on the last. */
  readonly next: number | null;
}

/** The routes of the page about refused text. Each throws `BoundaryError`. */
export function refusedApi({ request }: Pick<Api, 'request'>) {
  return {
    list: async (cursor: number | null) =>
      (await request(`/api/me/rejected${cursor === null ? '' : `?cursor=${cursor}`}`)) as RefusedPage,
    dismiss: (id: number) => request(`/api/me/rejected/${id}`, { method: 'DELETE' }),
  };
}

export type RefusedApi = ReturnType<typeof refusedApi>;

/** Where its bytes are, for a program that reads Yjs updates. */
export const bytesOf = (id: number) => `/api/me/rejected/${id}`;
