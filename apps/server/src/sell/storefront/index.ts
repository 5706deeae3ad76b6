export { refreshCards } from './refresh-cards.ts';
