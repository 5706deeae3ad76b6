import { type ReactNode, useEffect } from 'react';
import { useWords } from '../lib/language.ts';

/** The one `h1` of a page with what may be done there; also names the browser tab. */
export function PageHead({
  title,
  about,
  module,
  actions,
}: {
  title: string;
  about?: ReactNode;
  module?: string;
  actions?: ReactNode;
}) {
  usePageTitle(title, module);
  return (
    <header className="page-head">
      <div>
        <h1>{title}</h1>
        {about && <p className="second">{about}</p>}
      </div>
      {actions && <div className="row">{actions}</div>}
    </header>
  );
}

/** `object or page · module · Tongshang` */
export function usePageTitle(title: string, module?: string): void {
  const words = useWords();
  const full = [title, module, words('app.name')].filter((part) => part !== undefined && part !== '').join(' · ');
  // The document's title is outside React's tree.
  useEffect(() => {
    document.title = full;
  }, [full]);
}
