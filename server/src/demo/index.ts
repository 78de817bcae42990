/** The demonstration: an invented organisation at work, made from a seed. */
export { DemoUnfinished, StoreNotEmpty, fillDemo, isDemoUnfinished } from './fill.ts';
export type { DemoAccount, DemoPort } from './fill.ts';
