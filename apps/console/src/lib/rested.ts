import { useEffect, useState } from 'react';

/** A value once it rests: typing asks the server when it pauses, not at every letter. */
export function useRested<Value>(value: Value, ms = 250): Value {
  const [rested, setRested] = useState(value);
  // A timer is outside of React.
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), ms);
    return () => clearTimeout(timer);
  }, [value, ms]);
  return rested;
}
