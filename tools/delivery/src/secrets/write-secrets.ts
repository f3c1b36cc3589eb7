import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SecretDefinition } from '../model/platform-model.ts';
import { generateSecret } from './generate-secret.ts';
import { deriveSecret, planSecrets, type SecretPlan } from './plan-secrets.ts';

/**
 * Makes the secret files of an environment: one file each, readable by the owner and the group of the containers
 * only. Values that are there stay. Returns what was done, never a value.
 */
export async function writeSecrets(secrets: readonly SecretDefinition[], folder: string): Promise<SecretPlan> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  // Rendered files are committed in many repositories; what is in here never is.
  await writeFile(join(folder, '.gitignore'), '*\n');
  const values = new Map<string, string>();
  for (const { name } of secrets) {
    const text = await readSecret(join(folder, name));
    if (text !== undefined) values.set(name, text);
  }
  const forms = new Map(secrets.map(({ name, form }) => [name, form]));
  const plan = planSecrets(secrets, new Set(values.keys()));
  for (const name of plan.generate) {
    const value = await generateSecret(forms.get(name));
    values.set(name, value);
    await writeSecret(folder, name, value);
  }
  for (const { name, template } of plan.derive) {
    const value = deriveSecret(template, values);
    if (value !== undefined && value !== values.get(name)) await writeSecret(folder, name, value);
  }
  return plan;
}

async function readSecret(file: string): Promise<string | undefined> {
  try {
    const text = (await readFile(file, 'utf8')).trim();
    return text === '' ? undefined : text;
  } catch {
    return undefined;
  }
}

/** Containers run as users of their own, and Compose mounts the file as it is: the folder keeps others out. */
async function writeSecret(folder: string, name: string, value: string): Promise<void> {
  await writeFile(join(folder, name), value, { mode: 0o644 });
}
