import type { CommandInput } from '../../cli/command.ts';
import { exitCodes } from '../../cli/exit-codes.ts';
import { checkConfiguration, checkDatabase } from './check-configuration.ts';
import { checkDataDirectory, checkPort, checkPostgresPackage } from './check-machine.ts';
import { checkMemory, checkNodeVersion, renderFindings, type Finding } from './finding.ts';

export interface DoctorOptions {
  readonly data: string;
  readonly port: number;
}

/** Runs all checks; resolves to 1 when one failed. */
export async function doctor({ options, context }: CommandInput<DoctorOptions>): Promise<number> {
  const { environment, progress, output } = context;
  progress.show('checking');
  const isEmbedded = (environment['DATABASE_URL'] ?? '').trim() === '';
  const findings: Finding[] = [
    checkNodeVersion(process.versions.node),
    checkPostgresPackage(isEmbedded),
    ...(await checkDataDirectory(options.data)),
    await checkPort(options.port, options.data),
    await checkConfiguration(environment),
    ...(await checkDatabase(environment)),
    checkMemory(process.availableMemory()),
  ];
  progress.clear();
  const isWell = findings.every(({ status }) => status !== 'failed');
  output.print({ text: renderFindings(findings), json: { ok: isWell, findings } });
  return isWell ? 0 : exitCodes.failed;
}
