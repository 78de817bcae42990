/** First bytes of plain values inside updates, as lib0 writes them. */
export const TAG = {
  text: 119,
  list: 117,
  yes: 120,
  no: 121,
  float64: 123,
  float32: 124,
  int: 125,
  null: 126,
  undefined: 127,
} as const;
