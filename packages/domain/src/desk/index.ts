/** Service desk: requests, complaints, setbacks and questions. */
export { DESK_LIFECYCLE } from './lifecycle.ts';
