import { Modal, Switch } from 'antd';
import { useWords } from '../lib/language.ts';
import { choose, usePreferences } from '../lib/preferences.ts';
import type { WordKey } from '../words/keys.ts';

const rows: readonly (readonly [string, WordKey])[] = [
  ['⌘K / Ctrl K', 'keys.menu'],
  ['?', 'keys.help'],
  ['G H', 'nav.home'],
  ['G O', 'nav.orders'],
  ['G P', 'nav.products'],
  ['G I', 'nav.stock'],
  ['G M', 'nav.customers'],
  ['G D', 'nav.decisions'],
  ['/', 'keys.search'],
  ['J / K', 'keys.rows'],
  ['Enter', 'keys.open'],
  ['X', 'keys.tick'],
  ['[ / ]', 'keys.pages'],
  ['N / P', 'keys.records'],
  ['V', 'keys.views'],
  ['F', 'keys.filters'],
  ['E', 'keys.export'],
  ['⌘S / Ctrl S', 'keys.save'],
  ['Esc', 'keys.close'],
];

/** The keys of the console, and the switch that turns single letters off. */
export default function KeyHelp({ onClose }: { onClose: () => void }) {
  const words = useWords();
  const { keys } = usePreferences();
  return (
    <Modal title={words('keys.title')} open onCancel={onClose} footer={null} width={480}>
      <table className="table table-compact">
        <caption className="hidden">{words('keys.title')}</caption>
        <tbody>
          {rows.map(([key, word]) => (
            <tr key={key}>
              <th scope="row">
                <kbd>{key}</kbd>
              </th>
              <td>{words(word)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <label className="row key-switch">
        <Switch
          checked={keys === 'on'}
          onChange={(isOn) => choose('keys', isOn ? 'on' : 'off')}
          aria-label={words('keys.letters')}
        />
        {words('keys.letters')}
      </label>
    </Modal>
  );
}
