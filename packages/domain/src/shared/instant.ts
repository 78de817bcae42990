/** Epoch milliseconds, UTC. Dates enter the domain as arguments, never from a clock. */
export type Instant = number;
