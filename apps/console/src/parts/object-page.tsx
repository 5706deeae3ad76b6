import { ArrowLeftOutlined, CopyOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { Link, useLocation, useNavigate } from 'react-router';
import { useWords } from '../lib/language.ts';
import { toast } from '../lib/toast.ts';
import { neighboursOf, readTrail } from '../lib/trail.ts';
import { usePageTitle } from './page-head.tsx';
import { usePageKeys } from './use-list-keys.ts';

interface ObjectPageProps {
  title: string;
  module: string;
  /** The list this object belongs to. */
  back: { to: string; text: string };
  /** What people quote on the phone; copied by a button. */
  id?: string;
  status?: ReactNode;
  facts?: ReactNode;
  actions?: ReactNode;
  aside?: ReactNode;
  children: ReactNode;
}

/** Header with the next step; sections by task on the left, people, money and links on the right, the timeline last. */
export function ObjectPage({ title, module, back, id, status, facts, actions, aside, children }: ObjectPageProps) {
  const words = useWords();
  usePageTitle(title, module);
  return (
    <article className="object">
      <Trail back={back} />
      <header className="page-head">
        <div>
          <div className="row">
            <h1>{title}</h1>
            {id !== undefined && <CopyButton text={id} label={words('act.copyId')} />}
            {status}
          </div>
          {facts && <p className="second facts">{facts}</p>}
        </div>
        {actions && <div className="row">{actions}</div>}
      </header>
      <div className={aside ? 'object-columns' : undefined}>
        <div className="stack">{children}</div>
        {aside && <aside className="stack">{aside}</aside>}
      </div>
    </article>
  );
}

/** The way back to the list as it was left, and to the next and the previous row of it (`N`, `P`). */
function Trail({ back }: { back: ObjectPageProps['back'] }) {
  const words = useWords();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const trail = readTrail();
  const found = trail?.list.split('?')[0] === back.to ? neighboursOf(pathname, trail) : undefined;
  usePageKeys((act) => {
    const to = act === 'record-on' ? found?.next : act === 'record-back' ? found?.previous : undefined;
    if (to !== undefined) void navigate(to);
  });
  return (
    <nav className="trail" aria-label={words('trail.title')}>
      <Link to={found?.list ?? back.to} className="back">
        <ArrowLeftOutlined aria-hidden="true" /> {back.text}
      </Link>
      {found && (
        <span className="row">
          <span className="third">{words('trail.place', { place: found.place, count: found.count })}</span>
          {found.previous !== undefined && <Link to={found.previous}>{words('trail.previous')}</Link>}
          {found.next !== undefined && <Link to={found.next}>{words('trail.next')}</Link>}
        </span>
      )}
    </nav>
  );
}

function CopyButton({ text, label }: { text: string; label: string }) {
  const words = useWords();
  const copy = () => void navigator.clipboard.writeText(text).then(() => toast(words('act.copied', { text })));
  return <Button type="text" size="small" aria-label={label} icon={<CopyOutlined aria-hidden="true" />} onClick={copy} />;
}

/** A titled block of an object page. */
export function Section({ title, extra, children }: { title: string; extra?: ReactNode; children: ReactNode }) {
  return (
    <section className="card">
      <div className="section-head">
        <h2>{title}</h2>
        {extra}
      </div>
      {children}
    </section>
  );
}

/** Names and values of one thing. A value that nobody knows is a dash. */
export function Facts({ facts }: { facts: readonly (readonly [string, ReactNode])[] }) {
  return (
    <dl className="fact-list">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value === null || value === undefined || value === '' ? '—' : value}</dd>
        </div>
      ))}
    </dl>
  );
}
