/** What Muster's records mean: pure rules, without clock, network or storage. */
export {};
