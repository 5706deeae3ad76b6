import { isElsewhere } from '@tongshang/ui';
import { lazy, type ReactNode, Suspense, useEffect, useEffectEvent, useRef, useState } from 'react';
import { Link, Outlet, ScrollRestoration, useLocation, useNavigate, useNavigation } from 'react-router';
import { isScannedInto, isTypingIn, keyAct } from '../lib/keys.ts';
import { useWords } from '../lib/language.ts';
import { useNativeDialog } from '../lib/native-dialog.ts';
import { choose, usePreferences } from '../lib/preferences.ts';
import { useNarrow } from '../lib/screen.ts';
import { PageSkeleton } from '../parts/skeleton.tsx';
import { GoTo } from './go-to.tsx';
import { OfflineBanner } from './offline.tsx';
import { Rail } from './rail.tsx';
import { Toasts } from './toasts.tsx';
import { TopBar } from './top-bar.tsx';
import { placeOf } from './wings.ts';

const viewerZone = Intl.DateTimeFormat().resolvedOptions().timeZone;
const KeyHelp = lazy(() => import('./key-help.tsx'));

/** Skip link, top bar, rail, breadcrumb, page. */
export function Shell() {
  const words = useWords();
  const { rail } = usePreferences();
  const isNarrow = useNarrow(992);
  const isLoading = useNavigation().state === 'loading';
  const [layer, setLayer] = useState<'go-to' | 'help' | 'rail' | undefined>();
  const close = () => setLayer(undefined);
  useGlobalKeys(setLayer);
  return (
    <>
      <a href="#main" className="skip">
        {words('nav.skip')}
      </a>
      <TopBar
        onMenu={isNarrow ? () => setLayer('rail') : undefined}
        onSearch={() => setLayer('go-to')}
        onHelp={() => setLayer('help')}
      />
      <div
        className={isLoading ? 'progress running' : 'progress'}
        role="status"
        aria-label={isLoading ? words('state.loading') : undefined}
      />
      <OfflineBanner />
      <div className="frame">
        {!isNarrow && (
          <div className="rail-side">
            <Rail isNarrow={rail === 'narrow'} />
            <button type="button" className="rail-toggle" onClick={() => choose('rail', rail === 'narrow' ? 'wide' : 'narrow')}>
              {rail === 'narrow' ? '»' : `« ${words('nav.collapse')}`}
              {rail === 'narrow' && <span className="hidden">{words('nav.expand')}</span>}
            </button>
          </div>
        )}
        <main id="main" tabIndex={-1}>
          <Breadcrumb />
          <Suspense fallback={<PageSkeleton />}>
            <Outlet />
          </Suspense>
          {isElsewhere(viewerZone) && <p className="third zone-note">{words('time.beijing')}</p>}
        </main>
      </div>
      <Side isOpen={layer === 'rail'} onClose={close} label={words('nav.main')}>
        <Rail isNarrow={false} onGo={close} />
      </Side>
      <GoTo isOpen={layer === 'go-to'} onClose={close} />
      {layer === 'help' && (
        <Suspense>
          <KeyHelp onClose={close} />
        </Suspense>
      )}
      <Toasts />
      <ScrollRestoration />
    </>
  );
}

/** The rail as a drawer, on narrow screens. */
function Side({
  isOpen,
  onClose,
  label,
  children,
}: {
  isOpen: boolean;
  onClose: () => void;
  label: string;
  children: ReactNode;
}) {
  const dialog = useNativeDialog(isOpen, onClose);
  return (
    <dialog {...dialog} className="side" aria-label={label}>
      {isOpen && children}
    </dialog>
  );
}

function Breadcrumb() {
  const words = useWords();
  const { pathname } = useLocation();
  const here = placeOf(pathname);
  if (!here) return null;
  const isList = pathname === here.place.to;
  return (
    <nav aria-label={words('nav.breadcrumb')} className="breadcrumb">
      <ol>
        <li>
          <Link to="/">{words('nav.home')}</Link>
        </li>
        <li>{words(here.wing.word)}</li>
        <li {...(isList && { 'aria-current': 'page' })}>
          {isList ? words(here.place.word) : <Link to={here.place.to}>{words(here.place.word)}</Link>}
        </li>
      </ol>
    </nav>
  );
}

/** ⌘K, `?`, and `G` followed by a letter. */
function useGlobalKeys(open: (layer: 'go-to' | 'help') => void): void {
  const navigate = useNavigate();
  const { keys } = usePreferences();
  const waitingUntil = useRef(0);
  const onPress = useEffectEvent((event: KeyboardEvent) => {
    const meant = keyAct(event, {
      isTyping: isTypingIn(document.activeElement),
      isOnRow: false,
      isWaiting: event.timeStamp < waitingUntil.current,
      areLettersOn: keys === 'on' && !isScannedInto(),
    });
    waitingUntil.current = meant?.do === 'wait-for-letter' ? event.timeStamp + 1_500 : 0;
    if (meant === undefined || meant.do === 'list') return;
    event.preventDefault();
    if (meant.do === 'go') void navigate(meant.to);
    else if (meant.do !== 'wait-for-letter') open(meant.do === 'help' ? 'help' : 'go-to');
    event.stopImmediatePropagation();
  });
  // Keys are pressed on the window, before any list hears them.
  useEffect(() => {
    const listener = (event: KeyboardEvent) => onPress(event);
    window.addEventListener('keydown', listener, { capture: true });
    return () => window.removeEventListener('keydown', listener, { capture: true });
  }, []);
}
