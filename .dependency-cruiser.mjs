// The dependency check, generated from the map (apps/server/src/map.ts), which is the only part that people edit.
import { mayCall, ruleFiles, wings } from './apps/server/src/map.ts';

const S = 'apps/server/src';
const wingOf = Object.fromEntries(Object.entries(wings).flatMap(([wing, modules]) => modules.map((module) => [module, wing])));
const folder = (module) => `${wingOf[module]}/${module}`;
const anyModule = `^${S}/(${Object.keys(wings).join('|')})/`;
const tests = ['[.]test[.]ts$', `^${S}/[^/]+/[^/]+/testing[.]ts$`];

const graph = Object.entries(mayCall).map(([module, below]) => ({
  name: `${module}-may-call-${below.join('-') || 'nobody'}`,
  severity: 'error',
  from: { path: `^${S}/${folder(module)}/`, pathNot: tests },
  to: { path: anyModule, pathNot: `^${S}/(${[module, ...below].map(folder).join('|')})/` },
}));

export default {
  forbidden: [
    ...graph,
    {
      name: 'modules-are-on-the-map',
      severity: 'error',
      from: { path: `${anyModule}[^/]+/`, pathNot: `^${S}/(${Object.keys(mayCall).map(folder).join('|')})/` },
      to: {},
    },
    {
      name: 'enter-by-the-door',
      severity: 'error',
      from: { path: `^${S}/([^/]+/[^/]+)/`, pathNot: `^${S}/platform/` },
      to: { path: `${anyModule}[^/]+/`, pathNot: [`^${S}/$1/`, `^${S}/[^/]+/[^/]+/(index|testing)[.]ts$`] },
    },
    {
      name: 'testing-is-for-tests',
      severity: 'error',
      from: { path: `^${S}/`, pathNot: tests },
      to: { path: `^${S}/[^/]+/[^/]+/testing[.]ts$` },
    },
    {
      name: 'platform-knows-no-business',
      severity: 'error',
      from: { path: `^${S}/platform/`, pathNot: tests },
      to: { path: anyModule },
    },
    {
      name: 'rules-do-no-io',
      severity: 'error',
      from: { path: `^${S}/(${ruleFiles.join('|')})[.]ts$` },
      to: {
        path: [`^${S}/platform/(?!fail|money|time)`, 'node_modules/(kysely|fastify|pg|@clickhouse)/', '/(tables|queries)[.]ts$'],
      },
    },
    {
      name: 'only-routes-know-http',
      severity: 'error',
      from: { path: anyModule, pathNot: ['/(routes|plugin|http)([.]test)?[.]ts$', '/adapters/', ...tests] },
      to: { path: [`^${S}/platform/(http|route)[.]ts$`, 'node_modules/(fastify|@fastify)/'] },
    },
    {
      name: 'only-house-knows-adapters',
      severity: 'error',
      from: { path: `^${S}/`, pathNot: [`^${S}/(house|main|app)[.]ts$`, '/adapters/', ...tests] },
      to: { path: '/adapters/' },
    },
    { name: 'sandbox-pay-is-a-stranger', severity: 'error', from: { path: `^${S}/sandbox-pay/` }, to: { path: anyModule } },
    {
      name: 'contract-stands-alone',
      severity: 'error',
      from: { path: '^packages/contract/' },
      to: { path: '^(apps|packages/(?!contract))/' },
    },
    {
      name: 'ui-stands-on-the-contract',
      severity: 'error',
      from: { path: '^packages/ui/' },
      to: { path: '^(apps|packages/(?!contract|ui))/' },
    },
    { name: 'apps-know-no-server', severity: 'error', from: { path: '^apps/(shop|console)/' }, to: { path: '^apps/server/' } },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } } },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)dist/' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default'] },
  },
};
