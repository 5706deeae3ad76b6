import { LinkOutlined } from '@ant-design/icons';
import type { UseQueryOptions } from '@tanstack/react-query';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useNavigation } from 'react-router';
import { useFormat } from '../../lib/format.ts';
import { useWords } from '../../lib/language.ts';
import { toast } from '../../lib/toast.ts';
import { ErrorState } from '../../parts/error-state.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { ExploreTabs } from './explore-tabs.tsx';
import { type Keepable, SavedQuestions } from './saved-questions.tsx';
import '../../explore.css';

interface Answered {
  period: { from: string; to: string };
  asOf: string;
}

interface ExploreFrameProps<Answer extends Answered> {
  title: string;
  about: string;
  query: UseQueryOptions<Answer>;
  /** Parameters of the address that could not be read. */
  dropped: readonly string[];
  controls: ReactNode;
  /** What is asked now, for whoever wants to keep it. */
  keepable: Keepable;
  /** What was asked, in words: it stands on paper in place of the controls. */
  told: readonly string[];
  /** What may be done with the answer. */
  acts: (answer: Answer) => ReactNode;
  children: (answer: Answer) => ReactNode;
}

/** A page that asks one kind of question: what is asked above, the answer below; a refusal says how to ask less and leaves the question there. */
export function ExploreFrame<Answer extends Answered>(props: ExploreFrameProps<Answer>) {
  const { title, about, query, dropped, controls, keepable, told, acts, children } = props;
  const words = useWords();
  const f = useFormat();
  const { data, error, isFetching, refetch } = useQuery({ ...query, retryOnMount: false });
  const isBusy = useNavigation().state === 'loading' || (isFetching && data !== undefined);
  return (
    <div className={isBusy ? 'list busy explore' : 'list explore'}>
      <PageHead
        title={title}
        module={words('nav.explore')}
        about={about}
        actions={
          <>
            <SavedQuestions now={keepable} />
            {data !== undefined && acts(data)}
            <CopyLink />
          </>
        }
      />
      <ExploreTabs />
      <div className="stack">
        <section className="card explore-question" aria-label={words('explore.question')}>
          {controls}
          {dropped.length > 0 && <p className="notice">{words('list.dropped', { names: dropped.join(', ') })}</p>}
        </section>
        <section className="card explore-answer" aria-label={words('explore.answer')} aria-busy={isBusy}>
          {data !== undefined && (
            <p className="explore-period second">
              {words('explore.days', { from: data.period.from, to: data.period.to })}
              <span className="print-only">
                {` · ${told.join(' · ')} · ${words('answers.asOf', { time: f.instantExact(data.asOf) })}`}
              </span>
            </p>
          )}
          {error !== null && data === undefined && <ErrorState error={error} retry={() => void refetch()} />}
          {data === undefined && error === null && (
            <div className="bone explore-coming" role="status" aria-label={words('state.loading')} />
          )}
          {data !== undefined && children(data)}
        </section>
      </div>
    </div>
  );
}

/** The address is the whole state: whoever opens it and may see it sees the same. */
function CopyLink() {
  const words = useWords();
  return (
    <Button
      icon={<LinkOutlined aria-hidden="true" />}
      onClick={() => {
        void navigator.clipboard.writeText(location.href).then(
          () => toast(words('explore.linkCopied')),
          () => toast(words('explore.linkNotCopied')),
        );
      }}
    >
      {words('explore.copyLink')}
    </Button>
  );
}
