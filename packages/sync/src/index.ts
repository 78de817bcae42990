/** How Muster's documents travel between client and server. */
export {};
