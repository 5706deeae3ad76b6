import { RefusedError, type Permission } from '@tongshang/contract';
import { permissionWords, say } from '@tongshang/ui';
import { useQueryErrorResetBoundary } from '@tanstack/react-query';
import { Link, useRevalidator, useRouteError } from 'react-router';
import { useLanguage, useWords } from '../lib/language.ts';
import { ErrorState } from './error-state.tsx';
import { PageHead } from './page-head.tsx';

/** A page that a person may not open says which right it takes. */
export class MissingRight extends Error {
  readonly right: Permission;
  constructor(right: Permission) {
    super(right);
    this.right = right;
  }
}

/** What a page shows when its data did not come: the reason and a way out, with the shell still there. */
export function PageError() {
  const error = useRouteError();
  const words = useWords();
  const language = useLanguage();
  const { revalidate } = useRevalidator();
  const { reset } = useQueryErrorResetBoundary();
  const home = <Link to="/">{words('error.home')}</Link>;
  if (error instanceof MissingRight) {
    return (
      <section className="card">
        <PageHead title={words('right.pageTitle')} />
        <p>{words('right.page', { right: say(permissionWords[error.right], language) })}</p>
        <p className="back">{home}</p>
      </section>
    );
  }
  if (error instanceof TypeError && /import|module/i.test(error.message)) {
    return (
      <section className="card">
        <PageHead title={words('error.newVersion')} />
        <a href={location.href}>{words('act.reload')}</a>
      </section>
    );
  }
  const isMissing = error instanceof RefusedError && error.problem.status === 404;
  return (
    <section className="card">
      <PageHead
        title={words(!isMissing ? 'error.title' : error.code === 'page.not_found' ? 'error.notFound' : 'error.noThing')}
      />
      <ErrorState
        error={error}
        retry={() => {
          reset();
          void revalidate();
        }}
      >
        {home}
      </ErrorState>
    </section>
  );
}

export function NotFound() {
  const words = useWords();
  return (
    <section className="card">
      <PageHead title={words('error.notFound')} />
      <p>{words('error.notFoundText')}</p>
      <p className="back">
        <Link to="/">{words('error.home')}</Link>
      </p>
    </section>
  );
}
