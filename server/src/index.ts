/** The server's public entry. */
export {};
