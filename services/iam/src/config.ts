import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ConfigurationError, Secret, type ParsedEnvironment } from '@plinth/common';

export interface IamConfig {
  /** Origin under which browsers reach the platform. */
  readonly baseUrl: string;
  readonly cookieSecure: boolean;
  readonly secret: Secret;
  readonly selfRegistration: boolean;
  readonly trustedOrigins: readonly string[];
  readonly accessTokenLifetimeSeconds: number;
  readonly initialAdminEmail: string;
  readonly initialAdminPassword: Secret | undefined;
}

const shortestSecret = 32;
const shortestPassword = 10;

/** The service's settings from its variables. Names every fault at once. */
export async function loadConfig(environment: ParsedEnvironment, publicUrl: string, dataDirectory: string | undefined): Promise<IamConfig> {
  const baseUrl = new URL(publicUrl).origin;
  const given = environment.findSecret('IAM_SECRET');
  const initialAdminPassword = environment.findSecret('IAM_INITIAL_ADMIN_PASSWORD');
  const faults = [
    ...(given !== undefined && given.reveal().length < shortestSecret
      ? [{ variable: 'IAM_SECRET', message: `must have at least ${shortestSecret} characters` }]
      : []),
    ...(given === undefined && dataDirectory === undefined
      ? [{ variable: 'IAM_SECRET', message: 'must be set where there is no data directory to keep one in' }]
      : []),
    ...(initialAdminPassword !== undefined && initialAdminPassword.reveal().length < shortestPassword
      ? [{ variable: 'IAM_INITIAL_ADMIN_PASSWORD', message: `must have at least ${shortestPassword} characters` }]
      : []),
  ];
  if (faults.length > 0) throw new ConfigurationError(faults);
  return {
    baseUrl,
    cookieSecure: baseUrl.startsWith('https:'),
    secret: given ?? (await keepSecret(join(dataDirectory!, 'iam-secret'))),
    selfRegistration: environment.getBoolean('IAM_SELF_REGISTRATION'),
    trustedOrigins: environment.getList('IAM_TRUSTED_ORIGINS'),
    accessTokenLifetimeSeconds: Math.floor(environment.getInteger('IAM_ACCESS_TOKEN_LIFETIME') / 1000),
    initialAdminEmail: environment.getString('IAM_INITIAL_ADMIN_EMAIL').toLowerCase(),
    initialAdminPassword,
  };
}

/** The secret in a file of ours; made when there is none. Of two processes that make it, one wins. */
async function keepSecret(file: string): Promise<Secret> {
  try {
    await writeFile(file, randomBytes(48).toString('base64url'), { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return new Secret(await readFile(file, 'utf8'));
}
