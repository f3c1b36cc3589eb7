import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bootstrap, runMain } from './bootstrap.mjs';
import { buildPackages, runTypescript } from './build.mjs';
import { BootstrapError, cacheFolder, modulesFolder, root, say } from './paths.mjs';
import { listConformanceTests } from './peers/conformance-tests.mjs';
import { runNode } from './run-node.mjs';

const [task, ...rest] = process.argv.slice(2);
const extra = rest[0] === '--' ? rest.slice(1) : rest;
const tool = (name, file) => join(modulesFolder, name, file);
const resultsFolder = join(cacheFolder, 'test-results');

const steps = {
  build: () => ['build', () => buildPackages().then(() => 0)],
  typecheck: () => ['typecheck', () => buildPackages({ force: true }).then(checkScripts)],
  scripts: () => ['typecheck of scripts', checkScripts],
  lint: (args = []) => ['lint', () => runNode([tool('oxlint', 'bin/oxlint'), ...args])],
  formatCheck: () => ['format', () => runNode([tool('oxfmt', 'bin/oxfmt'), '--check'])],
  format: (args = []) => ['format', () => runNode([tool('oxfmt', 'bin/oxfmt'), ...args])],
  vitest: (projects, args) => {
    const selected = projects.map((name) => `--project=${name}`);
    return ['vitest', () => runNode([tool('vitest', 'vitest.mjs'), 'run', ...selected, ...args])];
  },
  peers: () => ['peers', () => runNode([join(root, 'scripts/peers/install-peers.mjs'), '--of-tests'])],
  script: (file, args) => [file, () => runNode([join(root, file), ...args])],
};

const tasks = {
  build: () => [steps.build()],
  typecheck: () => [steps.typecheck()],
  lint: () => [steps.lint(extra)],
  format: () => [steps.format(extra)],
  test: () => {
    // Somebody who names a file or a title is at work on it; everything else is checked by the run without arguments.
    const whole = extra.every((argument) => argument.startsWith('-'));
    const checks = whole ? [steps.scripts(), steps.lint(), steps.formatCheck()] : [];
    return [steps.build(), ...checks, steps.vitest(['unit', 'pg', 'e2e', 'e2e-alone'], extra)];
  },
  conformance: () => {
    if (listConformanceTests(root).length === 0) {
      say('There is no *.conformance.test.ts yet.');
      return [];
    }
    return [steps.build(), steps.peers(), steps.vitest(['conformance', 'conformance-alone'], extra)];
  },
  bench: () => [steps.build(), steps.script('bench/dist/src/main.js', extra)],
  generate: () => [steps.build(), steps.script('scripts/generate.mjs', extra)],
};

await runMain(async () => {
  const plan = Object.hasOwn(tasks, task ?? '') ? tasks[task] : undefined;
  if (!plan) throw new BootstrapError(`Usage: node scripts/task.mjs ${Object.keys(tasks).join('|')} [arguments]`);
  await bootstrap({ build: false });
  process.chdir(root);
  const report = [];
  for (const [name, run] of plan()) {
    report.push({ name, code: await runStep(run) });
  }
  writeReport(report);
  const failed = report.filter(({ code }) => code !== 0);
  if (report.length > 1 && failed.length > 0) say(`\nFailed: ${failed.map(({ name }) => name).join(', ')}`);
  process.exitCode = failed.length > 0 ? 1 : 0;
});

/** All steps run, so that one start shows all mistakes; an interrupted one ends the run. */
async function runStep(run) {
  try {
    const code = await run();
    if (code > 128) process.exit(code);
    return code;
  } catch (error) {
    if (!(error instanceof BootstrapError)) throw error;
    say(error.message);
    return 1;
  }
}

function checkScripts() {
  return runTypescript(['-p', 'scripts/tsconfig.json']);
}

/** `.ci/run` counts the steps that are no tests from this file. */
function writeReport(report) {
  const file = join(resultsFolder, `${task}.steps.json`);
  rmSync(file, { force: true });
  mkdirSync(resultsFolder, { recursive: true });
  writeFileSync(file, JSON.stringify(report));
}
