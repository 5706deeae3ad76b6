import { useQuery } from '@tanstack/react-query';
import { boards, metrics } from '@tongshang/contract';
import { chartWords, compareWords, dimensions as dimensionWords, periodWords, questionKindWords, say } from '@tongshang/ui';
import { Form, Radio, Select } from 'antd';
import { q } from '../../lib/api.ts';
import { useDefinitions } from '../../lib/definitions.ts';
import { useLanguage, useTerm, useWords } from '../../lib/language.ts';
import { FormDialog } from '../../parts/dialog.tsx';
import { Field } from '../../parts/form.tsx';
import { NamesFields, type NamesForm, namesIn, namesOf } from './names-fields.tsx';

interface Values extends NamesForm {
  from: 'metrics' | 'saved';
  savedId?: string;
  metrics?: string[];
  by?: metrics.Dimension[];
  period?: metrics.Period;
  compare?: metrics.CompareKind | 'none';
  chart: boards.Chart;
}

interface TileDialogProps {
  /** The tile that is edited; undefined makes a new one. */
  tile: boards.Tile | undefined;
  onClose: () => void;
  onDone: (tile: Omit<boards.Tile, 'id' | 'wide' | 'isOnWall'>) => void;
}

const saved = q(boards.listQuestions);

/** What a tile shows: a saved question, which it follows, or metrics of its own. */
export function TileDialog({ tile, onClose, onDone }: TileDialogProps) {
  const words = useWords();
  const language = useLanguage();
  const [form] = Form.useForm<Values>();
  const from = Form.useWatch('from', form);
  const { data } = useQuery(saved);
  const asked = tile?.question?.kind === 'metrics' ? tile.question.question : undefined;
  /** A funnel and the like is made in the explorer; here it keeps what it asks. */
  const isKept = tile !== undefined && tile.savedId === null && tile.question !== null && tile.question.kind !== 'metrics';
  const submit = (values: Values): void => {
    const title = values.zh?.trim() ? namesOf(values) : null;
    const chosen = data?.items.find(({ id }) => id === values.savedId);
    const shared = { title, chart: values.chart };
    if (isKept) return onDone({ ...shared, savedId: null, savedName: null, question: tile.question });
    if (values.from === 'saved')
      return onDone({
        ...shared,
        savedId: values.savedId ?? null,
        savedName: chosen?.name ?? tile?.savedName ?? null,
        question: chosen?.question ?? tile?.question ?? null,
      });
    return onDone({ ...shared, savedId: null, savedName: null, question: questionOf(values, asked) });
  };
  return (
    <FormDialog<Values>
      title={words(tile === undefined ? 'boards.addTile' : 'boards.editTile')}
      act={words(tile === undefined ? 'boards.addTile' : 'boards.setTile')}
      isOpen
      form={form}
      initial={{
        ...(tile?.title && namesIn(tile.title)),
        from: tile?.savedId ? 'saved' : 'metrics',
        ...(tile?.savedId && { savedId: tile.savedId }),
        metrics: asked?.metrics ?? ['net_sales'],
        by: asked?.by ?? ['day'],
        period: asked?.period ?? 'last_28_days',
        compare: asked === undefined ? 'previous' : (asked.compare ?? 'none'),
        chart: tile?.chart ?? 'auto',
      }}
      isBusy={false}
      error={undefined}
      onClose={onClose}
      onSubmit={submit}
    >
      {!isKept && (
        <Form.Item name="from" label={words('boards.tileFrom')} required>
          <Radio.Group
            options={[
              { value: 'metrics', label: words('boards.fromMetrics') },
              { value: 'saved', label: words('boards.fromSaved') },
            ]}
          />
        </Form.Item>
      )}
      {isKept ? null : from === 'saved' ? (
        <Field
          name="savedId"
          label={words('boards.savedQuestion')}
          help={data?.items.length === 0 ? words('boards.noSaved') : undefined}
        >
          <Select
            showSearch={{ optionFilterProp: 'label' }}
            options={(data?.items ?? []).map(({ id, name, question }) => ({
              value: id,
              label: `${say(name, language)} · ${say(questionKindWords[question.kind], language)}`,
            }))}
          />
        </Field>
      ) : (
        <MetricFields />
      )}
      <ChartField />
      <TitleFields />
    </FormDialog>
  );
}

function MetricFields() {
  const words = useWords();
  const term = useTerm();
  const language = useLanguage();
  const { all, titleOf } = useDefinitions();
  return (
    <>
      <Field name="metrics" label={words('boards.metrics')}>
        <Select
          mode="multiple"
          maxCount={6}
          showSearch={{ optionFilterProp: 'label' }}
          options={all.map(({ name }) => ({ value: name, label: titleOf(name) }))}
        />
      </Field>
      <Field name="by" label={words('boards.splitBy')} isOptional help={words('boards.splitHelp')}>
        <Select
          mode="multiple"
          maxCount={2}
          options={metrics.dimensions.map((value) => ({ value, label: term(dimensionWords, value) }))}
        />
      </Field>
      <Field name="period" label={words('explore.period')}>
        <Select options={metrics.periods.map((value) => ({ value, label: say(periodWords[value], language) }))} />
      </Field>
      <Field name="compare" label={words('overview.compare')}>
        <Select
          options={[
            { value: 'none', label: words('boards.compareNone') },
            ...metrics.compareKinds.map((value) => ({ value, label: say(compareWords[value], language) })),
          ]}
        />
      </Field>
    </>
  );
}

function ChartField() {
  const words = useWords();
  const language = useLanguage();
  return (
    <Field name="chart" label={words('boards.chart')}>
      <Select options={boards.charts.map((value) => ({ value, label: say(chartWords[value], language) }))} />
    </Field>
  );
}

/** A title is optional: without one a tile is called by what it asks. */
function TitleFields() {
  const words = useWords();
  return <NamesFields label={words('boards.tileTitle')} isOptional />;
}

/** What was asked before and is not in the form (filters, a window) stays. */
function questionOf(values: Values, before: metrics.MetricQuestion | undefined): boards.TileQuestion {
  const { from: _, to: __, until: ___, ...kept } = before ?? { limit: 500, window: 'none' as const };
  return {
    kind: 'metrics',
    question: {
      ...kept,
      metrics: values.metrics ?? [],
      by: values.by ?? [],
      period: values.period ?? 'last_28_days',
      compare: values.compare === 'none' ? undefined : values.compare,
    },
  };
}
