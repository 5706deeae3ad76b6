import { useQuery } from '@tanstack/react-query';
import { boards } from '@tongshang/contract';
import { questionKindWords, say } from '@tongshang/ui';
import { Select } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useNavigate } from 'react-router';
import { q } from '../../lib/api.ts';
import { useLanguage, useTerm, useWords } from '../../lib/language.ts';
import { explorePath } from '../../lib/question-url.ts';
import { useMay } from '../../lib/session.ts';
import { MayButton } from '../../parts/may.tsx';

const SaveDialog = lazy(() => import('./save-dialog.tsx'));

/** What is asked now, ready to be kept: the question with the chart that was wished for. */
export interface Keepable {
  question: boards.TileQuestion;
  chart: boards.Chart;
}

/** Opens a question that was saved, mine or shared with me; keeps the one that is asked now. */
export function SavedQuestions({ now }: { now: Keepable }) {
  const words = useWords();
  const term = useTerm();
  const language = useLanguage();
  const navigate = useNavigate();
  const maySee = useMay()('boards.view');
  const [isOpen, setOpen] = useState(false);
  const { data } = useQuery({ ...q(boards.listQuestions), enabled: maySee });
  const saved = data?.items ?? [];
  return (
    <>
      {saved.length > 0 && (
        <Select<string | null>
          className="choice saved-choice"
          aria-label={words('explore.openSaved')}
          placeholder={words('explore.openSaved')}
          value={null}
          showSearch={{ optionFilterProp: 'label' }}
          options={saved.map(({ id, name, question }) => ({
            value: id,
            label: `${say(name, language)} · ${term(questionKindWords, question.kind)}`,
          }))}
          onChange={(id) => {
            const one = saved.find((other) => other.id === id);
            if (one) void navigate(explorePath(one.question, one.chart));
          }}
        />
      )}
      <MayButton need="boards.edit" onClick={() => setOpen(true)}>
        {words('explore.save')}
      </MayButton>
      {isOpen && (
        <Suspense>
          <SaveDialog now={now} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
