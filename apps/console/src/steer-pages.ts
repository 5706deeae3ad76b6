// The pages of the steer wing, in a file of their own: nobody needs their list of files before the first of them.
export const steerPages = {
  alerts: () => import('./pages/warnings/alerts-page.tsx'),
  rule: () => import('./pages/warnings/rule-page.tsx'),
  decisions: () => import('./pages/playbooks/decisions-page.tsx'),
  decision: () => import('./pages/playbooks/decision-page.tsx'),
  playbooks: () => import('./pages/playbooks/playbooks-page.tsx'),
  targets: () => import('./pages/targets/targets-page.tsx'),
};
