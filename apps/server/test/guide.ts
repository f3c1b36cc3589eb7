import { spawn } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { packagePath } from '@plinth/common';

const command = fileURLToPath(new URL('../cli/dist/src/main.js', packagePath(import.meta.url, './')));

/** A block of a guide that is run, with what the guide shows of its output. */
export interface GuideStep {
  /** Heading and number of the line at which the block begins. */
  readonly name: string;
  readonly commands: string;
  readonly shown: { readonly language: string; readonly text: string } | undefined;
}

/** What a step printed, and what the guide says it prints, in the same form. */
export interface StepOutput {
  readonly step: GuideStep;
  readonly printed: unknown;
  readonly expected: unknown;
}

/** The blocks of commands of a page, each with the block of output that follows it, if one does. */
export async function readGuide(path: string): Promise<GuideStep[]> {
  const page = await readFile(path, 'utf8');
  const blocks = [...page.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map((match) => {
    const before = page.slice(0, match.index);
    const heading = [...before.matchAll(/^#+ (.+)$/gm)].at(-1)?.[1] ?? '';
    return { language: match[1]!, text: match[2]!, name: `${heading}, line ${before.split('\n').length}` };
  });
  return blocks.flatMap(({ language, text, name }, index) => {
    if (language !== 'sh') return [];
    const next = blocks[index + 1];
    return [{ name, commands: text, shown: next?.language === 'sh' ? undefined : next }];
  });
}

/**
 * Runs the steps in one shell, in order, and gives the outputs of those that the guide shows. Throws with the step's name and
 * what was printed when a command fails. `npm run --silent plinth --` runs the built command without building it again.
 */
export async function runGuide(steps: readonly GuideStep[], directory: string, url: string): Promise<StepOutput[]> {
  const outputOf = (index: number): string => join(directory, `step-${index}.out`);
  const script = [
    'set -euo pipefail',
    `npm() { [ "$1 $2 $3 $4" = 'run --silent plinth --' ]; shift 4; node '${command}' "$@"; }`,
    ...steps.map(
      ({ commands }, index) =>
        `echo ${index} > step\n{\n${commands.replaceAll('http://localhost:3000', url)}} > '${outputOf(index)}'`,
    ),
  ].join('\n');
  await writeFile(join(directory, 'guide.sh'), script);
  const { code, errors } = await runShell(directory);
  if (code !== 0) {
    const index = Number(await readFile(join(directory, 'step'), 'utf8'));
    const printed = await readFile(outputOf(index), 'utf8');
    throw new Error(`"${steps[index]!.name}" ended with ${code}:\n${steps[index]!.commands}\n${printed}\n${errors}`);
  }
  return Promise.all(
    steps.flatMap((step, index) => (step.shown === undefined ? [] : [compareOutput(step, outputOf(index))])),
  );
}

async function compareOutput(step: GuideStep, file: string): Promise<StepOutput> {
  const output = await readFile(file, 'utf8');
  const { language, text } = step.shown!;
  if (language === 'json') return { step, printed: JSON.parse(output), expected: JSON.parse(text) };
  // Three dots stand for what differs each time.
  const printed = output.trimEnd().split('\n');
  const expected = text.trimEnd().split('\n');
  const shown = expected.map((line, index) => (isLike(line, printed[index] ?? '') ? printed[index] : line));
  return { step, printed, expected: shown };
}

function isLike(pattern: string, line: string): boolean {
  const parts = pattern.split('…').map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`));
  return new RegExp(`^${parts.join('.*')}$`).test(line);
}

async function runShell(directory: string): Promise<{ code: number | null; errors: string }> {
  const path = `${dirname(process.execPath)}:${process.env['PATH']}`;
  const child = spawn('bash', ['guide.sh'], {
    cwd: directory,
    env: { PATH: path, HOME: process.env['HOME'] },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString('utf8')));
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, errors };
}
