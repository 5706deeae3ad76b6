import { useSuspenseQuery } from '@tanstack/react-query';
import { metrics } from '@tongshang/contract';
import { say } from '@tongshang/ui';
import { useCallback } from 'react';
import { q } from '../../lib/api.ts';
import { useLanguage } from '../../lib/language.ts';

/** What formulas can be made of; changes only with a release. */
export function useMeasures() {
  const { data } = useSuspenseQuery({ ...q(metrics.listMeasures), staleTime: Infinity });
  const language = useLanguage();
  const titleOf = useCallback(
    (name: string): string => {
      const measure = data.items.find((one) => one.name === name);
      return measure ? say(measure.title, language) : name;
    },
    [data.items, language],
  );
  return { all: data.items, titleOf };
}
