// How figures stand on paper. Pure.
import { inBusinessZone } from '../../../platform/time.ts';

/** `2026-11-22 14:05`, in the business zone. */
export const businessTime = (instant: Date): string => inBusinessZone(instant).slice(0, 16).replace('T', ' ');

/** `850 g`, `1.25 kg`. */
export const grams = (count: number): string => (count < 1000 ? `${count} g` : `${(count / 1000).toFixed(2)} kg`);
