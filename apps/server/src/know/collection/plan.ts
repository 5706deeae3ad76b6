// The tracking plan: what an event of a name carries, and how an event goes against that. Pure.
import type { collection as contract } from '@tongshang/contract';

type PlannedProperty = contract.PlannedProperty;
type Type = PlannedProperty['type'];

export interface EventPlan {
  properties: readonly PlannedProperty[];
  isEnforced: boolean;
  isServerOnly: boolean;
}
export type Plan = ReadonlyMap<string, EventPlan>;

export interface Deviation {
  /** `products[].price`; empty when the event itself is not planned. */
  property: string;
  problem: contract.PlanProblem;
}

const none: readonly Deviation[] = [];

/** Each way in which a track goes against its plan, once. More than the plan names is no violation. */
export function deviationsOf(plan: EventPlan | undefined, properties: Readonly<Record<string, unknown>>): readonly Deviation[] {
  if (plan === undefined) return [{ property: '', problem: 'unplanned' }];
  let found: Deviation[] | undefined;
  const note = (property: string, problem: Deviation['problem']): void => {
    found ??= [];
    if (!found.some((one) => one.property === property && one.problem === problem)) found.push({ property, problem });
  };
  for (const wanted of plan.properties) {
    const value = properties[wanted.name];
    if (value === undefined || value === null) {
      if (wanted.isRequired) note(wanted.name, 'missing');
    } else if (!fits(wanted.type, value)) note(wanted.name, 'wrong_type');
    else if (wanted.items !== undefined) checkItems(wanted.name, wanted.items, value, note);
  }
  return found ?? none;
}

function checkItems(
  list: string,
  wanted: NonNullable<PlannedProperty['items']>,
  entries: unknown,
  note: (property: string, problem: Deviation['problem']) => void,
): void {
  for (const entry of entries as readonly unknown[]) {
    if (!fits('object', entry)) {
      note(`${list}[]`, 'wrong_type');
      continue;
    }
    for (const { name, type, isRequired } of wanted) {
      const value = (entry as Readonly<Record<string, unknown>>)[name];
      if (value === undefined || value === null) {
        if (isRequired) note(`${list}[].${name}`, 'missing');
      } else if (!fits(type, value)) note(`${list}[].${name}`, 'wrong_type');
    }
  }
}

function fits(type: Type, value: unknown): boolean {
  switch (type) {
    case 'text':
      return typeof value === 'string';
    case 'number':
      return typeof value === 'number';
    case 'integer':
      return Number.isInteger(value);
    case 'boolean':
      return typeof value === 'boolean';
    case 'list':
      return Array.isArray(value);
    case 'object':
      return typeof value === 'object' && value !== null && !Array.isArray(value);
    case 'any':
      return true;
  }
}
