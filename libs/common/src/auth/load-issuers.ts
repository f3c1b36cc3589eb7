import { readFileSync } from 'node:fs';
import { issuersFileSchema, type IssuersFile } from '@plinth/contracts';
import { ConfigurationError, type VariableFault } from '../config/config.errors.ts';
import type { ParsedEnvironment } from '../config/parse-environment.ts';

const variable = 'PLINTH_ISSUERS_FILE';

/**
 * The issuers beside the embedded one, from the file that `PLINTH_ISSUERS_FILE` names; none without it. Throws
 * `ConfigurationError` with the path to each bad value.
 */
export function loadIssuers(environment: ParsedEnvironment): IssuersFile {
  const path = environment.findString(variable);
  if (path === undefined) return { embeddedSignIn: true, issuers: [] };
  const parsed = issuersFileSchema.safeParse(readJson(path));
  if (parsed.success) return parsed.data;
  throw new ConfigurationError(
    parsed.error.issues.map((issue): VariableFault => ({
      variable,
      message: `${path} at /${issue.path.join('/')}: ${issue.message}`,
    })),
  );
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    const message = error instanceof SyntaxError ? 'is not JSON' : 'cannot be read';
    throw new ConfigurationError([{ variable, message: `${path} ${message}: ${(error as Error).message}` }]);
  }
}
