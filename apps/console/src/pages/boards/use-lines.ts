import { useQuery } from '@tanstack/react-query';
import { type ReplyOf, targets, warnings } from '@tongshang/contract';
import { q } from '../../lib/api.ts';
import { useFormat } from '../../lib/format.ts';
import { useMay } from '../../lib/session.ts';

type Progress = ReplyOf<typeof targets.getTargetProgress>['items'][number];
type Rule = ReplyOf<typeof warnings.listRules>['items'][number];

export interface Lines {
  /** The target of the whole house for this metric, this month. */
  targetOf: (metric: string) => Progress | undefined;
  /** The warning lines that are crossed now, of the whole house. */
  crossedOf: (metric: string) => readonly Rule[];
}

const nothing: readonly never[] = [];

/** Targets and warning lines of the whole house, for those who may see them; a tile shows them beside its figure. */
export function useLines(): Lines {
  const may = useMay();
  const { today } = useFormat();
  const progress = useQuery({
    ...q(targets.getTargetProgress, { query: { month: today().slice(0, 7) } }),
    enabled: may('targets.view'),
    refetchInterval: 60_000,
  });
  const rules = useQuery({ ...q(warnings.listRules), enabled: may('warnings.view'), refetchInterval: 60_000 });
  return {
    targetOf: (metric) =>
      (progress.data?.items ?? nothing).find(
        ({ target }) => target.metric === metric && target.period === 'month' && Object.keys(target.scope).length === 0,
      ),
    crossedOf: (metric) =>
      (rules.data?.items ?? nothing).filter(
        (rule) => rule.metric === metric && rule.entity === 'total' && rule.counts.firing > 0,
      ),
  };
}
