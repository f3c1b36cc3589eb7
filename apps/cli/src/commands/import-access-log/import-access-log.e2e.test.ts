import { existsSync } from 'node:fs';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { buildAccessLog, seededRandom } from '../../../test/access-log.builders.ts';
import { readInvoices } from '../../../test/read-invoices.ts';
import { runCli, startCli, temporaryDirectory } from '../../../test/run-cli.ts';

const realLog = fileURLToPath(new URL('../../../../../../shared/data/web-access-2015-05.log.gz', import.meta.url));
const minutes = 60_000;

async function importOk(file: string, data: string) {
  const { exitCode, stdout, stderr, durationMs } = await runCli('import', 'access-log', file, '--data', data, '--json');
  if (exitCode !== 0) throw new Error(`exit ${exitCode}: ${stdout}${stderr}`);
  return { report: JSON.parse(stdout), durationMs };
}

/** Kills an import at moments spread over its duration, then lets one finish. */
async function importWithKills(file: string, data: string, moments: readonly number[]): Promise<void> {
  for (const moment of moments) {
    const { child, finished } = startCli(['import', 'access-log', file, '--data', data, '--json']);
    await Promise.race([sleep(moment), finished]);
    child.kill('SIGKILL');
    await finished;
  }
  await importOk(file, data);
}

function momentsIn(durationMs: number, count: number, seed: number): number[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () => Math.round((0.1 + 0.9 * random()) * durationMs));
}

describe('plinth import access-log', () => {
  it(
    'invoices a log, and the same again when it is repeated, killed or cut off',
    { timeout: 6 * minutes },
    async () => {
      await using directory = await temporaryDirectory();
      const at = (name: string) => join(directory.path, name);
      const log = buildAccessLog(400, 7);
      await writeFile(at('access.log'), log.text);
      await writeFile(at('renamed.log.gz'), gzipSync(log.text));
      await writeFile(at('cut.log.gz'), gzipSync(log.text).subarray(0, 3000));

      const first = await importOk(at('access.log'), at('undisturbed'));
      expect(first.report).toMatchObject({
        requests: log.requests,
        accounts: { total: log.clients, created: log.clients },
        events: { accepted: log.requests + log.withBytes, duplicates: 0 },
        malformed: { count: log.malformedLines.length },
        invoices: { count: log.clients, created: log.clients },
      });
      expect(first.report.malformed.lines.map(({ line }: { line: number }) => line)).toEqual(log.malformedLines);
      expect((await stat(at('undisturbed/demo.json'))).mode & 0o777).toBe(0o600);
      expect(existsSync(at('undisturbed/instance.json'))).toBe(false);
      const expected = await readInvoices(at('undisturbed'));
      expect(expected).toHaveLength(log.clients);

      const again = await importOk(at('renamed.log.gz'), at('undisturbed'));
      expect(again.report).toMatchObject({
        accounts: { total: log.clients, created: 0 },
        events: { accepted: 0, duplicates: log.requests + log.withBytes },
        invoices: { ...first.report.invoices, created: 0 },
      });
      expect(await readInvoices(at('undisturbed'))).toEqual(expected);

      await importWithKills(at('access.log'), at('killed'), momentsIn(first.durationMs, 6, 42));
      expect(await readInvoices(at('killed'))).toEqual(expected);

      const cut = await runCli('import', 'access-log', at('cut.log.gz'), '--data', at('cut'), '--json');
      expect([cut.exitCode, JSON.parse(cut.stdout).error.code]).toEqual([65, 'access_log.damaged']);
      expect(existsSync(at('cut'))).toBe(false);
      await importOk(at('renamed.log.gz'), at('cut'));
      expect(await readInvoices(at('cut'))).toEqual(expected);
    },
  );

  it('uses the platform that runs, and ends in order on Ctrl-C', { timeout: 3 * minutes }, async () => {
    await using directory = await temporaryDirectory();
    const data = join(directory.path, 'data');
    const file = join(directory.path, 'access.log');
    const log = buildAccessLog(200, 11);
    await writeFile(file, log.text);

    const interrupted = startCli(['import', 'access-log', file, '--data', data]);
    while (!existsSync(join(data, 'postgres')) && interrupted.child.exitCode === null) await sleep(20);
    interrupted.child.kill('SIGINT');
    interrupted.child.kill('SIGINT');
    const end = await interrupted.finished;
    expect([end.exitCode, end.stderr]).toEqual([130, expect.stringContaining('Interrupted by SIGINT.')]);
    expect(existsSync(join(data, 'postgres/cluster/postmaster.pid'))).toBe(false);

    const platform = startCli(['up', '--data', data, '--port', '0', '--demo', '--json']);
    const { url, demo } = JSON.parse(await platform.firstLine);
    const { report } = await importOk(file, data);
    expect(report).toMatchObject({ url, requests: log.requests, invoices: { count: log.clients } });
    const { password } = JSON.parse(await readFile(join(data, 'demo.json'), 'utf8'));
    expect(demo).toMatchObject({ email: 'demo@plinth.localhost', password });
    platform.child.kill('SIGTERM');
    expect(await platform.finished).toMatchObject({ exitCode: 0 });
    expect(existsSync(join(data, 'instance.json'))).toBe(false);
  });

  it('invoices 10,000 real requests alike with and without kills', { timeout: 10 * minutes }, async (context) => {
    if (!existsSync(realLog)) context.skip(`SKIPPED: ${realLog} is not there`);
    await using directory = await temporaryDirectory();
    const [calm, killed] = ['calm', 'killed'].map((name) => join(directory.path, name));
    const { report, durationMs } = await importOk(realLog, calm!);
    expect(report).toMatchObject({
      requests: 10_000,
      accounts: { total: 1753 },
      malformed: { count: 0 },
      invoices: {
        count: 1753,
        largest: expect.arrayContaining([expect.objectContaining({ account: '66.249.73.135', calls: '482' })]),
      },
    });
    await importWithKills(realLog, killed!, momentsIn(durationMs, 3, 1753));
    expect(await readInvoices(killed!)).toEqual(await readInvoices(calm!));
  });
});
