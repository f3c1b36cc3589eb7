import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = process.argv[2];
const total = { passed: 0, failed: 0, skipped: 0 };

for (const task of ['test', 'conformance']) addTask(task);
if (total.passed + total.failed === 0) {
  console.log('No test ran.');
  total.failed = 1;
}
const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
console.log(`${total.passed} passed, ${total.failed} failed${skipped}`);
process.exitCode = total.failed > 0 ? 1 : 0;

function addTask(task) {
  const exit = readText(`${task}.exit`);
  // Not started because the one before failed.
  if (exit === undefined) return;
  const steps = JSON.parse(readText(`${task}.steps.json`) ?? 'null');
  const report = JSON.parse(readText(`${task}.json`) ?? 'null');
  const counted = { passed: 0, failed: 0, skipped: 0 };
  for (const step of steps ?? []) {
    if (step.name !== 'vitest' && step.code !== 0) counted.failed += 1;
  }
  for (const file of report?.testResults ?? []) addFile(counted, file);
  const vitestRan = (steps ?? []).some(({ name }) => name === 'vitest');
  if (vitestRan && counted.passed + counted.failed === 0) {
    console.log(`No test ran in "${task}".`);
    counted.failed = 1;
  }
  // An unhandled error, a limit of time or a crash: the run failed although no test did.
  if (Number(exit) !== 0 && counted.failed === 0) counted.failed = 1;
  for (const key of Object.keys(total)) total[key] += counted[key];
}

function addFile(counted, file) {
  const failed = file.assertionResults.filter(({ status }) => status === 'failed').length;
  counted.passed += file.assertionResults.filter(({ status }) => status === 'passed').length;
  counted.skipped += file.assertionResults.filter(({ status }) => !['passed', 'failed'].includes(status)).length;
  // A file that could not be loaded has no tests to report.
  counted.failed += failed === 0 && file.status === 'failed' ? 1 : failed;
}

function readText(name) {
  const path = join(folder, name);
  return existsSync(path) ? readFileSync(path, 'utf8').trim() : undefined;
}
