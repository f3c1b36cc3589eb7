import { processVariables, type IssuersFile, type VariableDefinition } from '@plinth/contracts';
import {
  ConfigurationError,
  loadIssuers,
  parseEnvironment,
  Secret,
  type ParsedEnvironment,
  type ServiceDefinition,
  type VariableFault,
} from '@plinth/common';
import { loadLocalSecrets } from './local-secrets.ts';

/** What a process is told by its environment. */
export interface Configuration {
  readonly environment: ParsedEnvironment;
  readonly environmentName: string;
  /** Undefined: PostgreSQL is embedded. */
  readonly databaseUrl: Secret | undefined;
  readonly migrationUrl: Secret | undefined;
  readonly internalSecret: Secret;
  /** Password of the embedded database's runtime role. */
  readonly localDatabasePassword: Secret | undefined;
  readonly serviceUrls: ReadonlyMap<string, string>;
  readonly issuers: IssuersFile;
}

/** Parses the environment of a process that runs the given services. All faults come in one error. */
export async function loadConfiguration(
  services: readonly ServiceDefinition[],
  variables: Readonly<Record<string, string | undefined>>,
  dataDirectory: string | undefined,
): Promise<Configuration> {
  const environmentName = variables['PLINTH_ENVIRONMENT']?.trim() || 'development';
  const tables = [
    { prefix: 'PLINTH_', variables: processVariables },
    ...services.map(({ manifest }) => ({
      prefix: manifest.variablePrefix,
      variables: manifest.variables as readonly VariableDefinition[],
    })),
  ];
  const environment = parseEnvironment(tables, variables, environmentName);
  const issuers = loadIssuers(environment);
  const databaseUrl = environment.findSecret('DATABASE_URL');
  const local =
    databaseUrl === undefined && dataDirectory !== undefined ? await loadLocalSecrets(dataDirectory) : undefined;
  const given = environment.findSecret('PLINTH_INTERNAL_SECRET');
  const faults: VariableFault[] = [];
  if (given === undefined && local === undefined)
    faults.push({ variable: 'PLINTH_INTERNAL_SECRET', message: 'is not set; processes of one platform share it' });
  if (given !== undefined && given.reveal().length < 32)
    faults.push({ variable: 'PLINTH_INTERNAL_SECRET', message: 'must have 32 characters or more' });
  if (databaseUrl === undefined && dataDirectory === undefined)
    faults.push({
      variable: 'DATABASE_URL',
      message: 'is not set, and there is no data directory for the embedded PostgreSQL',
    });
  const serviceUrls = parseServiceUrls(environment.getList('PLINTH_SERVICE_URLS'), faults);
  if (faults.length > 0) throw new ConfigurationError(faults);
  return {
    environment,
    environmentName,
    databaseUrl,
    migrationUrl: environment.findSecret('DATABASE_MIGRATION_URL') ?? databaseUrl,
    internalSecret: given ?? new Secret(local?.internal ?? ''),
    localDatabasePassword: local === undefined ? undefined : new Secret(local.database),
    serviceUrls,
    issuers,
  };
}

function parseServiceUrls(list: readonly string[], faults: VariableFault[]): Map<string, string> {
  const urls = new Map<string, string>();
  for (const entry of list) {
    const [, name, url] = /^([a-z-]+)=(https?:\/\/\S+)$/.exec(entry) ?? [];
    if (name === undefined || url === undefined || !URL.canParse(url))
      faults.push({ variable: 'PLINTH_SERVICE_URLS', message: `"${entry}" is not name=http://host:port` });
    else urls.set(name, url.replace(/\/+$/, ''));
  }
  return urls;
}
