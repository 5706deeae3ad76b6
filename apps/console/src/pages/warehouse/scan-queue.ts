import { useRef } from 'react';

/** Runs one after the other in the order of asking: two pulls of the trigger are two scans, also when the first answer is not there yet. */
export function useInTurn(): (run: () => Promise<void>) => void {
  const last = useRef(Promise.resolve());
  return (run) => {
    last.current = last.current.then(run, run);
  };
}
