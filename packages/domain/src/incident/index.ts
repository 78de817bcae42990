/** Incident management: something that worked does not. */
export { incident } from './incident.ts';
export { INCIDENT_LIFECYCLE } from './lifecycle.ts';
