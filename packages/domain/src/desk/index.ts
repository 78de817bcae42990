/** Service desk: requests, complaints, setbacks and questions. */
export { desk } from './desk.ts';
export { DESK_LIFECYCLE } from './lifecycle.ts';
