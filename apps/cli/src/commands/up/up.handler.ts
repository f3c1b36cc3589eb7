import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { startPlatform, type Platform } from '@plinth/server';
import type { CommandInput } from '../../cli/command.ts';
import { demoFileIn } from '../../demo/demo-credentials.ts';
import { ensureDemoTenant, type Demo } from '../../demo/ensure-demo-tenant.ts';
import { createQuietLog } from '../../instance/platform-log.ts';
import { waitForEnd } from '../../instance/wait-for-end.ts';

export interface UpOptions {
  readonly data: string;
  readonly port: number;
  readonly host: string;
  readonly demo: boolean;
}

/** Starts the platform, says where it is, and runs until a signal comes. */
export async function up({ options, context }: CommandInput<UpOptions>): Promise<void> {
  const { progress, output, stop, environment } = context;
  const platform = await startPlatform({
    port: options.port,
    host: options.host,
    dataDirectory: options.data,
    environment,
    log: createQuietLog(environment),
    onProgress: (step) => progress.show(step),
  });
  try {
    const url = `http://127.0.0.1:${platform.port}`;
    if (options.demo && !stop.aborted) progress.show('making the demo tenant');
    const demo =
      options.demo && !stop.aborted ? await ensureDemoTenant({ url, dataDirectory: options.data, stop }) : undefined;
    progress.clear();
    if (!stop.aborted)
      output.print(summarise(platform, { dataDirectory: options.data, adminEmail: adminEmailIn(environment), demo }));
  } catch (error) {
    await platform.stop();
    throw error;
  }
  await waitForEnd(platform, stop);
}

/** The default is the one of the variable's definition in iam. */
function adminEmailIn(environment: Readonly<Record<string, string | undefined>>): string {
  return environment['IAM_INITIAL_ADMIN_EMAIL']?.trim() || 'admin@plinth.localhost';
}

interface Started {
  readonly dataDirectory: string;
  readonly adminEmail: string;
  readonly demo: Demo | undefined;
}

function summarise(platform: Platform, { dataDirectory, adminEmail, demo }: Started) {
  const { url, port, services, startedInMs } = platform;
  const file = join(dataDirectory, 'initial-admin-password');
  const initialAdminPasswordFile = existsSync(file) ? file : undefined;
  const demoFile = demoFileIn(dataDirectory);
  const rows = [
    ['Home', url],
    ['Services', `${url}/services`],
    ['API', `${url}/api/docs`],
    ...(initialAdminPasswordFile === undefined
      ? []
      : [['Administrator', `${adminEmail}, password in ${shown(initialAdminPasswordFile)}`]]),
    ...(demo === undefined
      ? []
      : [
          ['Demo sign-in', `${demo.email}, password ${demo.password}`],
          ['Demo API key', `in ${shown(demoFile)}`],
        ]),
  ];
  const signUp = `curl ${url}/api/v1/auth/sign-up/email -H 'content-type: application/json' -d '{"email":"you@example.com","password":"at least 10 characters","name":"You"}'`;
  return {
    text: [
      `Plinth is ready after ${(startedInMs / 1000).toFixed(2)} s: ${services.length} services.`,
      '',
      ...rows.map(([name, value]) => `  ${name!.padEnd(14)} ${value}`),
      '',
      'Sign up:',
      `  ${signUp}`,
      '',
      'Ctrl-C stops it.',
    ].join('\n'),
    json: {
      url,
      port,
      services,
      startedInMs,
      pid: process.pid,
      dataDirectory,
      pages: { services: `${url}/services`, apiDocs: `${url}/api/docs` },
      initialAdminPasswordFile,
      ...(demo === undefined
        ? {}
        : { demo: { email: demo.email, password: demo.password, credentialsFile: demoFile } }),
    },
  };
}

function shown(file: string): string {
  const near = relative(process.cwd(), file);
  return near.startsWith('..') ? file : near;
}
