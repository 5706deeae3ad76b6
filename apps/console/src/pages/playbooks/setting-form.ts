import type { BodyOf, playbooks, ReplyOf, Role } from '@tongshang/contract';

type Setting = ReplyOf<typeof playbooks.listSettings>['items'][number];
type Body = BodyOf<typeof playbooks.changeSetting>;

const coverNumbers = ['autoApproveFen', 'reviewDays', 'serviceLevelBp', 'historyDays', 'expiresAfterHours'] as const;
const slowNumbers = [
  'autoApproveFen', 'stockAgeDays', 'sellThroughBelowBp', 'historyDays', 'groupMinimum', 'treatedShareBp', 'depthBp', 'depthMinimumBp', 'windowDays', 'confidenceBp', 'expiresAfterHours',
] as const; // prettier-ignore
type NumberName = (typeof coverNumbers)[number] | (typeof slowNumbers)[number];

/** A setting as people edit it: yuan, percent, days, hours. An empty limit is no limit. */
export interface SettingForm {
  isActive: boolean;
  numbers: Partial<Record<NumberName, number>>;
  limits: Partial<Record<Role, number | null>>;
}

const unitOf = (name: NumberName): 'yuan' | 'percent' | 'plain' =>
  name.endsWith('Fen') ? 'yuan' : name.endsWith('Bp') ? 'percent' : 'plain';
const per = { yuan: 100, percent: 100, plain: 1 } as const;

/** The numbers of a playbook with the unit each is typed in. */
export const numberFields = (playbook: Setting['playbook']) =>
  (playbook === 'cover' ? coverNumbers : slowNumbers).map((name: NumberName) => ({
    name,
    unit: unitOf(name),
    min: 0,
    max: unitOf(name) === 'percent' ? 100 : 100_000_000,
  }));

export function settingForm(setting: Setting): SettingForm {
  const params: Readonly<Partial<Record<NumberName, number>>> = setting.params as Readonly<Partial<Record<NumberName, number>>>;
  return {
    isActive: setting.params.isActive,
    numbers: Object.fromEntries(numberFields(setting.playbook).map(({ name, unit }) => [name, (params[name] ?? 0) / per[unit]])),
    limits: Object.fromEntries(
      Object.entries(setting.params.approverLimitsFen).map(([role, fen]) => [
        role,
        fen === null || fen === undefined ? null : fen / 100,
      ]),
    ),
  };
}

/** What is sent: the setting as it was, with the edited numbers in fen and basis points. */
export function settingOf(setting: Setting, { isActive, numbers, limits }: SettingForm): Body {
  const typed = Object.fromEntries(
    numberFields(setting.playbook).flatMap(({ name, unit }) => {
      const value = numbers[name];
      return value === undefined ? [] : [[name, Math.round(value * per[unit])]];
    }),
  );
  const approverLimitsFen = {
    ...setting.params.approverLimitsFen,
    ...Object.fromEntries(
      Object.entries(limits).map(([role, yuan]) => [role, yuan === null || yuan === undefined ? null : Math.round(yuan * 100)]),
    ),
  };
  const shared = { ...typed, isActive, approverLimitsFen };
  return setting.playbook === 'cover'
    ? { playbook: 'cover', version: setting.version, params: { ...setting.params, ...shared } }
    : { playbook: 'slow_mover', version: setting.version, params: { ...setting.params, ...shared } };
}
