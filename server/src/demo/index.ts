/** The demonstration: an invented organisation at work, made from a seed. */
export { StoreNotEmpty, fillDemo } from './fill.ts';
export type { DemoAccount, DemoPort } from './fill.ts';
