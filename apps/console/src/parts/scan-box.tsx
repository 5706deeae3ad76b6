import { Button, Input, type InputRef, Switch } from 'antd';
import { type ReactNode, useEffect, useEffectEvent, useRef, useState } from 'react';
import { isTypingIn } from '../lib/keys.ts';
import { useWords } from '../lib/language.ts';
import { areSoundsOn, setSounds } from '../lib/signal.ts';
import { cleanCode, readWedge } from '../lib/wedge.ts';

interface ScanBoxProps {
  /** What to scan now: "Scan an item". */
  label: string;
  isBusy?: boolean;
  onScan: (code: string) => void;
  /** What the last scan came to, beside the field. */
  children?: ReactNode;
}

/** Takes a code from a scanner anywhere on the page, or typed into the field by hand; the answer is told, seen and heard. */
export function ScanBox({ label, isBusy = false, onScan, children }: ScanBoxProps) {
  const words = useWords();
  const [text, setText] = useState('');
  const [hasSound, setHasSound] = useState(areSoundsOn);
  const field = useRef<InputRef>(null);
  const scanned = useEffectEvent(onScan);
  // A scanner is a keyboard: its keys reach the document, whatever has the focus.
  useEffect(() => {
    const wedge = readWedge();
    const onKey = (event: KeyboardEvent) => {
      if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || isTypingIn(document.activeElement)) return;
      if (event.key.length === 1) event.stopPropagation(); // no letter of a code is a key of the list
      const code = wedge.press(event.key, event.timeStamp);
      if (code === undefined) return;
      event.preventDefault(); // its Enter presses no button
      event.stopPropagation();
      scanned(code);
    };
    document.addEventListener('keydown', onKey, { capture: true });
    return () => document.removeEventListener('keydown', onKey, { capture: true });
  }, []);
  const send = () => {
    const code = cleanCode(text);
    if (code === '') return;
    setText('');
    onScan(code);
    field.current?.focus();
  };
  return (
    <div className="scan-box" data-scan>
      <form
        className="scan-line"
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <Input
          ref={field}
          aria-label={label}
          placeholder={label}
          size="large"
          inputMode="text"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <Button size="large" htmlType="submit" loading={isBusy}>
          {words('scan.enter')}
        </Button>
      </form>
      <div className="scan-answer" aria-live="assertive">
        {children}
      </div>
      <label className="scan-sound third">
        <Switch
          size="small"
          aria-label={words('scan.sound')}
          checked={hasSound}
          onChange={(isOn) => {
            setSounds(isOn);
            setHasSound(isOn);
          }}
        />{' '}
        {words('scan.sound')}
      </label>
    </div>
  );
}
