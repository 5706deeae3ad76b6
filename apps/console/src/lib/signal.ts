// What a hand with a scanner hears and feels beside what it sees: short and high for right, low and double for wrong.
const key = 'ts.sounds';

export const areSoundsOn = (): boolean => localStorage.getItem(key) !== 'off';
export const setSounds = (isOn: boolean): void => localStorage.setItem(key, isOn ? 'on' : 'off');

let audio: AudioContext | undefined;

function beep(frequency: number, fromMs: number, ms: number): void {
  audio ??= new AudioContext();
  const tone = audio.createOscillator();
  tone.frequency.value = frequency;
  tone.connect(audio.destination);
  tone.start(audio.currentTime + fromMs / 1000);
  tone.stop(audio.currentTime + (fromMs + ms) / 1000);
}

/** Says right or wrong by sound and vibration, where the device can and the person has not switched it off. */
export function signal(what: 'right' | 'wrong'): void {
  if (!areSoundsOn()) return;
  const isRight = what === 'right';
  if ('vibrate' in navigator) navigator.vibrate(isRight ? 30 : [80, 60, 80]);
  if (typeof AudioContext === 'undefined') return;
  if (isRight) beep(1320, 0, 80);
  else for (const from of [0, 180]) beep(220, from, 140);
}
