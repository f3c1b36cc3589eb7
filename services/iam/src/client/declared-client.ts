import { readFile } from 'node:fs/promises';
import { ConfigurationError, type ParsedEnvironment, type VariableFault } from '@plinth/common';
import { z } from 'zod';
import { checkClient, checkRedirect } from './client-rules.ts';
import { clientSettingsSchema } from './client.dto.ts';
import type { DeclaredClient } from './client.service.ts';
import { defaultClientSettings, type ClientSettings } from './client.ts';

const fileVariable = 'IAM_CLIENTS_FILE';
const shortestSecret = 32;

const entrySchema = clientSettingsSchema.extend({
  id: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/, 'must be letters, digits, ".", "_" and "-"'),
  secret: z.string().min(shortestSecret).optional().describe('as text; better in a file of its own'),
  secretFile: z.string().optional().describe('file that holds the secret'),
});

/** The clients that the configuration asks for: the built-in two, and those of the file. Names every fault at once. */
export async function loadDeclaredClients(environment: ParsedEnvironment): Promise<DeclaredClient[]> {
  const faults: VariableFault[] = [];
  const file = environment.findString(fileVariable);
  const clients = [
    ...builtInClients(environment, faults),
    ...(file === undefined ? [] : await readClients(file, faults)),
  ];
  const seen = new Set<string>();
  for (const { id } of clients) {
    if (seen.has(id)) faults.push({ variable: fileVariable, message: `names the client "${id}" twice` });
    seen.add(id);
  }
  if (faults.length > 0) throw new ConfigurationError(faults);
  return clients;
}

function builtInClients(environment: ParsedEnvironment, faults: VariableFault[]): DeclaredClient[] {
  const platform = environment.getString('IAM_PLATFORM_NAME');
  const web = readRedirects(environment, 'IAM_WEB_REDIRECT_URIS', faults);
  const api = readRedirects(environment, 'IAM_API_REDIRECT_URIS', faults);
  const secret = environment.findSecret('IAM_API_CLIENT_SECRET')?.reveal();
  if (secret !== undefined && secret.length < shortestSecret)
    faults.push({ variable: 'IAM_API_CLIENT_SECRET', message: `must have at least ${shortestSecret} characters` });
  return [
    {
      id: `${platform}-api`,
      origin: 'built-in',
      secret,
      settings: {
        ...builtIn(`${platform} API`, api),
        grantTypes: [
          ...(api.length > 0 ? (['authorization_code', 'refresh_token'] as const) : []),
          'client_credentials',
        ],
      },
    },
    {
      id: `${platform}-web`,
      origin: 'built-in',
      secret: undefined,
      settings: { ...builtIn(platform, web), confidential: false },
    },
  ];
}

function builtIn(name: string, redirectUris: readonly string[]): ClientSettings {
  const homes = redirectUris.map((uri) => `${new URL(uri).origin}/`);
  return {
    ...defaultClientSettings,
    name,
    firstParty: true,
    actsAsUser: true,
    redirectUris,
    postLogoutRedirectUris: [...new Set([...homes, ...redirectUris])],
  };
}

function readRedirects(environment: ParsedEnvironment, variable: string, faults: VariableFault[]): string[] {
  return environment.getList(variable).filter((uri) => {
    const wrong = checkRedirect(uri, variable, false);
    faults.push(...wrong.map(({ message }) => ({ variable, message: `"${uri}" ${message}` })));
    return wrong.length === 0;
  });
}

async function readClients(file: string, faults: VariableFault[]): Promise<DeclaredClient[]> {
  const fault = (message: string): [] => {
    faults.push({ variable: fileVariable, message });
    return [];
  };
  const text = await readText(file);
  if (text === undefined) return fault(`names ${file}, which cannot be read`);
  const entries = z.array(entrySchema).safeParse(parseJson(text));
  if (!entries.success)
    return entries.error.issues.flatMap((issue) => fault(`${file}: /${issue.path.join('/')} ${issue.message}`));
  const clients: DeclaredClient[] = [];
  for (const [index, { id, secret: given, secretFile, ...settings }] of entries.data.entries()) {
    const secret = given ?? (secretFile === undefined ? undefined : (await readText(secretFile))?.trim());
    if (secretFile !== undefined && (secret === undefined || secret.length < shortestSecret))
      fault(`${file}: /${index}/secretFile must name a file with at least ${shortestSecret} characters`);
    if (settings.confidential && secret === undefined && secretFile === undefined)
      fault(`${file}: /${index}/secretFile is missing: the client is confidential`);
    for (const { path, message } of checkClient(settings)) fault(`${file}: /${index}${path} ${message}`);
    clients.push({ id, origin: 'declared', settings, secret });
  }
  return clients;
}

function readText(file: string): Promise<string | undefined> {
  return readFile(file, 'utf8').catch(() => undefined);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
