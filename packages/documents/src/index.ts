/** How Muster's records live in Yjs documents. */
export {};
