/** Time left as a clock: `09:58`, `3:20:00`, from a day on `2 天 03:20:00`. Never negative. */
export function clockOf(leftMs: number, days: (count: number) => string): string {
  const seconds = Math.max(0, Math.ceil(leftMs / 1000));
  const two = (value: number): string => String(value).padStart(2, '0');
  const whole = Math.floor(seconds / 86_400);
  const hours = Math.floor((seconds % 86_400) / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  const tail = `${two(minutes)}:${two(seconds % 60)}`;
  if (whole > 0) return `${days(whole)} ${two(hours)}:${tail}`;
  return hours > 0 ? `${two(hours)}:${tail}` : tail;
}
