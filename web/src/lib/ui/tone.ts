/** What a mark means; each tone has `--<tone>-fg`, `-soft`, `-line` and `-solid` in tokens.css. */
export type Tone = 'neutral' | 'info' | 'success' | 'warning' | 'danger' | 'pause';
