/** A scanner types faster than anybody: characters in a burst, then Enter. */
const burstMs = 80;
const lengthMin = 3;
/** The same code again within this time is the same pull of the trigger. */
const repeatMs = 300;

export interface Wedge {
  /** One key as it came; answers the code once the burst has ended with Enter. */
  press: (key: string, atMs: number) => string | undefined;
}

/** Reads codes out of key presses. What a person types slowly never becomes a code; a code that comes twice at once counts once. */
export function readWedge(): Wedge {
  let text = '';
  let lastAt = Number.NEGATIVE_INFINITY;
  let told = { code: '', at: Number.NEGATIVE_INFINITY };
  return {
    press(key, atMs) {
      const isBurst = atMs - lastAt <= burstMs;
      lastAt = atMs;
      if (key === 'Enter' || key === 'Tab') {
        const code = isBurst ? cleanCode(text) : '';
        text = '';
        if (code.length < lengthMin) return undefined;
        if (code === told.code && atMs - told.at < repeatMs) return undefined;
        told = { code, at: atMs };
        return code;
      }
      if (key.length > 2) return undefined; // Shift and the like come between the letters
      text = isBurst ? text + key : key;
      return undefined;
    },
  };
}

/** A code as scanners and hands deliver it: full-width forms, blanks and invisible marks are mended. */
export const cleanCode = (text: string): string =>
  text
    .normalize('NFKC')
    .replaceAll(/[\p{Cc}\p{Cf}]/gu, '')
    .trim();
