// The door of playbooks.
export { decisionMoved } from './events.ts';
