import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { ConfigurationError, toFaults, type VariableFault } from '@plinth/common';
import { z } from 'zod';
import { providerBodySchema } from './identity-provider.dto.ts';
import type { DeclaredProvider } from './declared-provider.service.ts';
import { checkProvider } from './provider-rules.ts';
import { splitSecret } from './provider-settings.ts';

const variable = 'IAM_IDENTITY_PROVIDERS_FILE';

const entrySchema = providerBodySchema.extend({
  id: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,63}$/, 'must begin with a letter and have lower-case letters, digits and "-"'),
});

/** Fields of the settings whose value may stand in a file of its own, under their name with `File` after it. */
const fileFields = ['clientSecret', 'privateKey', 'metadata'] as const;

/** The providers that the operator's file declares; secrets may stand in files beside it. Names every fault at once. */
export async function loadDeclaredProviders(file: string): Promise<DeclaredProvider[]> {
  const faults: VariableFault[] = [];
  const fault = (message: string): void => void faults.push({ variable, message });
  const content = parseJson(await readFile(file, 'utf8').catch(() => undefined));
  if (!Array.isArray(content)) {
    fault(`names ${file}, which is no JSON file with a list of identity providers`);
    throw new ConfigurationError(faults);
  }
  const read = await Promise.all(
    content.map((entry: unknown, index) =>
      readFiles(entry, dirname(file), (field, message) => fault(`${file}: /${index}/settings/${field} ${message}`)),
    ),
  );
  const parsed = z.array(entrySchema).safeParse(read);
  if (!parsed.success) for (const { path, message } of toFaults(parsed.error)) fault(`${file}: ${path} ${message}`);
  const providers = parsed.success ? parsed.data : [];
  for (const [index, given] of providers.entries()) {
    if (providers.findIndex(({ id }) => id === given.id) !== index)
      fault(`${file}: /${index}/id is taken by another entry`);
    const { settings, secret } = splitSecret(given.settings);
    // What metadata says of a SAML provider is read when it is used.
    const described =
      given.settings.kind === 'saml' && (given.settings.metadata ?? given.settings.metadataUrl) !== undefined;
    if (described) continue;
    for (const { path, message } of checkProvider({
      provider: { ...given, tenantId: null, settings },
      secret,
      allowPrivate: true,
    }))
      fault(`${file}: /${index}${path} ${message}`);
  }
  if (faults.length > 0) throw new ConfigurationError(faults);
  return providers;
}

async function readFiles(
  entry: unknown,
  directory: string,
  fault: (field: string, message: string) => void,
): Promise<unknown> {
  const settings = (entry as { settings?: unknown } | null)?.settings;
  if (typeof settings !== 'object' || settings === null) return entry;
  const read: Record<string, unknown> = { ...settings };
  for (const field of fileFields) {
    const name = read[`${field}File`];
    if (typeof name !== 'string') continue;
    delete read[`${field}File`];
    const text = await readFile(resolve(directory, name), 'utf8').catch(() => undefined);
    if (text === undefined || text.trim() === '')
      fault(`${field}File`, `names ${name}, which cannot be read or is empty`);
    else read[field] = text.trim();
  }
  return { ...(entry as object), settings: read };
}

function parseJson(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}
