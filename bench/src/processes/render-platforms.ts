import { join } from 'node:path';
import { openPlatform, renderTargets } from '@plinth/delivery';

/**
 * Renders the named reference platforms to all their targets, `rounds` times in this one process, and prints the
 * milliseconds of each round and what came out as one JSON line. Arguments: root, rounds, names…
 */
const [root = '', rounds = '1', ...names] = process.argv.slice(2);
const times: number[] = [];
let files = 0;
let lines = 0;
for (let round = 0; round < Number(rounds); round += 1) {
  const startedAt = performance.now();
  files = 0;
  lines = 0;
  for (const name of names) {
    const { description, environments, faults } = await openPlatform(join('examples', name, 'platform.ts'), root);
    if (faults.length > 0) throw new Error(`${name} has faults`);
    const artifacts = renderTargets({ environments, targets: description.targets });
    files += artifacts.length;
    lines += artifacts.reduce((sum, { content }) => sum + content.split('\n').length - 1, 0);
  }
  times.push(performance.now() - startedAt);
}
process.stdout.write(`${JSON.stringify({ times, files, lines })}\n`);
