import { useSuspenseQuery } from '@tanstack/react-query';
import { metrics } from '@tongshang/contract';
import { say } from '@tongshang/ui';
import { useCallback } from 'react';
import { q } from './api.ts';
import { useLanguage } from './language.ts';
import type { Definition } from './figures.ts';

/** What every figure means; changes when somebody publishes a version, which is seldom. */
export const definitions = { ...q(metrics.listMetrics), staleTime: 300_000 };

/** The definition of a figure by its name, and its title in the viewer's language. */
export function useDefinitions() {
  const { data } = useSuspenseQuery(definitions);
  const language = useLanguage();
  const find = useCallback(
    (metric: string): Definition | undefined => data.items.find((one) => one.name === metric),
    [data.items],
  );
  const titleOf = useCallback(
    (metric: string): string => {
      const definition = find(metric);
      return definition ? say(definition.title, language) : metric;
    },
    [find, language],
  );
  return { all: data.items, find, titleOf };
}
