import { ArrowLeftOutlined, CopyOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { useWords } from '../lib/language.ts';
import { toast } from '../lib/toast.ts';
import { usePageTitle } from './page-head.tsx';

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
      <Link to={back.to} className="back">
        <ArrowLeftOutlined aria-hidden="true" /> {back.text}
      </Link>
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
