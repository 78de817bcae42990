/** Major incidents of the demonstration: one that goes on, and three that are over. */
export { majorHistories, stageMajors } from './histories.ts';
export { writeMajorRooms } from './rooms.ts';
