import { askAs } from './tests/places.ts';

interface Rule {
  id: string;
  entity: string;
  holdMinutes: number;
  version: number;
}
interface Setting {
  playbook: string;
  version: number;
  params: { autoApproveFen: number };
}
const AUTO_APPROVE_FEN = 150_000; // below it the rule approves; the rest waits for a person, which the journeys are about

/** Warning lines fire with the next minute instead of in half an hour, and most purchases wait for a person. */
export default async function prepareHouse(): Promise<void> {
  const admin = await askAs('admin');
  const playbooks = await admin.get<{ items: Setting[] }>('/playbooks');
  for (const { playbook, version, params } of playbooks.items.filter((one) => one.playbook === 'cover')) {
    if (params.autoApproveFen === AUTO_APPROVE_FEN) continue;
    await admin.put('/playbooks/cover', { playbook, version, params: { ...params, autoApproveFen: AUTO_APPROVE_FEN } });
  }
  const rules = await admin.get<{ items: Rule[] }>('/warnings/rules');
  for (const rule of rules.items.filter(({ entity, holdMinutes }) => entity === 'sku' && holdMinutes > 0)) {
    await admin.put(`/warnings/rules/${rule.id}`, { ...rule, holdMinutes: 0 });
  }
  await admin.close();
}
