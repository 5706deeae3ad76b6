/** What the picker shows is Beijing time, whatever the browser's zone. */
export const shanghaiInstant = (picked: { format: (template: string) => string }): string =>
  `${picked.format('YYYY-MM-DDTHH:mm')}:00+08:00`;
