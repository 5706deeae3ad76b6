// The door of warnings.
export { evaluateRules } from './evaluate-rules.ts';
export { signalFired, signalResolved } from './events.ts';
export { findSignal, firingSignals } from './queries.ts';
