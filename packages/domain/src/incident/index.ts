/** Incident management: something that worked does not. */
export { INCIDENT_LIFECYCLE } from './lifecycle.ts';
