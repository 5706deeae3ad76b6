import { useState } from 'react';
import { useNavigate } from 'react-router';
import { type Say, useWords } from '../lib/language.ts';
import { useNativeDialog } from '../lib/native-dialog.ts';
import { useMay } from '../lib/session.ts';
import { matchPlace, wings } from './wings.ts';

interface Entry {
  to: string;
  text: string;
  hint: string;
}

/** ⌘K: go to a page by name or initials, or look for what was typed among orders, products, stock or customers. */
export function GoTo({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const words = useWords();
  const dialog = useNativeDialog(isOpen, onClose);
  return (
    <dialog {...dialog} className="go-to" aria-label={words('goto.title')}>
      {isOpen && <GoToBox onClose={onClose} />}
    </dialog>
  );
}

function GoToBox({ onClose }: { onClose: () => void }) {
  const words = useWords();
  const mayDo = useMay();
  const navigate = useNavigate();
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const entries = entriesFor(text, words, mayDo);
  const chosen = Math.min(at, entries.length - 1);
  const go = (entry: Entry | undefined) => {
    if (!entry) return;
    onClose();
    void navigate(entry.to);
  };
  return (
    <>
      <input
        role="combobox"
        aria-expanded="true"
        aria-controls="go-to-list"
        aria-activedescendant={`go-to-${chosen}`}
        aria-label={words('goto.title')}
        placeholder={words('goto.placeholder')}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setAt(0);
        }}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return;
          if (event.key === 'ArrowDown') setAt(Math.min(chosen + 1, entries.length - 1));
          else if (event.key === 'ArrowUp') setAt(Math.max(chosen - 1, 0));
          else if (event.key === 'Enter') go(entries[chosen]);
          else return;
          event.preventDefault();
        }}
      />
      <ul id="go-to-list" role="listbox" aria-label={words('goto.title')}>
        {entries.map((entry, index) => (
          <li
            key={entry.to}
            id={`go-to-${index}`}
            role="option"
            aria-selected={index === chosen}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => go(entry)}
          >
            {entry.text} <span className="third">{entry.hint}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

const searched = ['/sell/orders', '/sell/products', '/supply/stock', '/sell/customers'];

function entriesFor(text: string, words: Say, mayDo: ReturnType<typeof useMay>): Entry[] {
  const open = wings.flatMap((wing) => wing.places.filter(({ need }) => mayDo(need)).map((place) => ({ place, wing })));
  const pages = open
    .map(({ place, wing }) => ({
      to: place.to,
      text: words(place.word),
      hint: words(wing.word),
      rank: matchPlace(place, words(place.word), text),
    }))
    .filter((entry) => entry.rank !== undefined)
    .toSorted((a, b) => (a.rank ?? 0) - (b.rank ?? 0));
  const wanted = text.trim();
  const looks = open
    .filter(({ place }) => wanted.length > 1 && searched.includes(place.to))
    .map(({ place }) => ({
      to: `${place.to}?search=${encodeURIComponent(wanted)}`,
      text: words('goto.searchIn', { text: wanted, place: words(place.word) }),
      hint: '',
    }));
  return [...pages, ...looks];
}
