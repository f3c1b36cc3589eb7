import { EventEmitter } from 'node:events';
import { expect, it } from 'vitest';
import { Progress } from './progress.ts';
import { run } from './run.ts';
import { watchStopSignals } from './stop-signals.ts';

function recordingStream(isTTY = false) {
  const written: string[] = [];
  return { isTTY, columns: 80, written, write: (text: string) => written.push(text) };
}

async function runWith(...argv: string[]) {
  const stdout = recordingStream();
  const stderr = recordingStream();
  const exitCode = await run({ argv, environment: {}, stdout, stderr });
  return { exitCode, stdout: stdout.written.join(''), stderr: stderr.written.join('') };
}

it('prints an error once, on stderr, and ends with its exit code', async () => {
  expect(await runWith('upp')).toEqual({
    exitCode: 64,
    stdout: '',
    stderr: 'Error: There is no command "plinth upp".\nDid you mean "plinth up"? See plinth --help.\n',
  });
});

it('prints an error as one JSON document on stdout when asked to', async () => {
  const { exitCode, stdout, stderr } = await runWith('up', '--prot', '1', '--json');
  expect([exitCode, stderr]).toEqual([64, '']);
  expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'cli.usage', kind: 'invalid', exitCode: 64 } });
});

it('prints the version', async () => {
  expect(await runWith('--version')).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) });
});

it('stops at the first signal, ignores its repetition and gives up at a later one', () => {
  const source = Object.assign(new EventEmitter(), {
    exits: [] as number[],
    exit: (code: number) => source.exits.push(code),
  });
  let now = 0;
  const { signal, release } = watchStopSignals(source, () => now);
  source.emit('SIGINT');
  expect([signal.aborted, signal.reason]).toEqual([true, 'SIGINT']);
  now = 900;
  source.emit('SIGINT');
  source.emit('SIGTERM');
  expect(source.exits).toEqual([]);
  now = 1100;
  source.emit('SIGTERM');
  expect(source.exits).toEqual([143]);
  release();
  expect(source.eventNames()).toEqual([]);
});

it('shows no progress within the first second, then a line every two seconds without a terminal', () => {
  const stream = recordingStream();
  let now = 0;
  const progress = new Progress(stream, () => now);
  for (; now <= 6000; now += 100) progress.show('importing');
  progress.clear();
  expect(stream.written).toEqual(['importing … 1 s\n', 'importing … 3 s\n', 'importing … 5 s\n']);
});

it('draws one line on a terminal and takes it away', () => {
  const stream = recordingStream(true);
  let now = 0;
  const progress = new Progress(stream, () => now);
  progress.show('x'.repeat(200));
  now = 1500;
  progress.show('x'.repeat(200));
  progress.clear();
  expect(stream.written).toEqual([`\r\u001b[K${'x'.repeat(79)}`, '\r\u001b[K']);
});
