import type { ExternalIssuer } from '@plinth/contracts';
import type { JSONWebKeySet } from 'jose';
import { z } from 'zod';

const TIMEOUT_MS = 5000;
const metadataSchema = z.object({ issuer: z.string(), jwks_uri: z.url({ protocol: /^https?$/ }) });
const keySetSchema = z.object({ keys: z.array(z.looseObject({ kty: z.string() })) });

/** Reads the keys of an issuer by its metadata (OpenID Connect Discovery 1.0). Throws when they are not to be had. */
export async function loadIssuerKeys({
  issuer,
  discoveryUrl = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`,
}: Pick<ExternalIssuer, 'issuer' | 'discoveryUrl'>): Promise<JSONWebKeySet> {
  const metadata = metadataSchema.parse(await fetchJson(discoveryUrl));
  if (metadata.issuer !== issuer)
    throw new Error(`${discoveryUrl} is the metadata of ${metadata.issuer}, not of ${issuer}`);
  return keySetSchema.parse(await fetchJson(metadata.jwks_uri)) as JSONWebKeySet;
}

async function fetchJson(url: string): Promise<unknown> {
  const response = await fetch(url, {
    headers: { accept: 'application/json' },
    // Whoever can make the issuer redirect must not choose our keys.
    redirect: 'error',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  return response.json();
}
