// The door of observations.
export { observationsRecorded } from './events.ts';
export { dayParts } from './observation.ts';
export { recordObservations } from './record-observations.ts';
