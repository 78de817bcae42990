export { armFailpoints, failpoint } from './failpoint.ts';
export type { FailpointHook } from './failpoint.ts';
export { FAILPOINTS } from './names.ts';
export type { FailpointName } from './names.ts';
