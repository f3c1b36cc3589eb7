import { z } from 'zod';
import { FederationRefusedError } from './federation.errors.ts';
import type { CompleteSaml } from './saml-upstream.ts';
import type { Flow, UpstreamProfile } from './upstream.ts';

const longestResponse = 200_000;
const transient = 'urn:oasis:names:tc:SAML:2.0:nameid-format:transient';
const emailFormat = 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress';
const bearer = 'urn:oasis:names:tc:SAML:2.0:cm:bearer';

/**
 * Throws for a response that is not even looked at. Document types, entities, comments and CDATA sections have no
 * place in one: they are how a name is read differently by whoever signs and whoever reads. Neither has SHA-1.
 */
export function assertSamlText(text: string, callbackUrl: string): void {
  const refuse = (reason: string): never => {
    throw new FederationRefusedError(`the SAML response ${reason}`);
  };
  if (text === '') refuse('is missing');
  if (text.length > longestResponse) refuse('is too long');
  if (text.includes('<!')) refuse('has a document type, a comment or a CDATA section');
  if (/<\?(?!xml\s)/i.test(text)) refuse('has a processing instruction');
  if (/xmldsig#(?:rsa-sha1|dsa-sha1|hmac-sha1|sha1)\b/.test(text)) refuse('is signed with SHA-1');
  const destination = /^\s*(?:<\?xml[^>]*>\s*)?<[^>]*\sDestination\s*=\s*(["'])(.*?)\1/.exec(text)?.[2];
  if (destination !== undefined && destination !== '' && destination !== callbackUrl)
    refuse(`is meant for ${destination}`);
}

// As xml2js reads XML: attributes in `$`, text in `_`, elements in arrays.
const textSchema = z.array(z.looseObject({ _: z.string().optional() }));
const assertionSchema = z.looseObject({
  $: z.looseObject({ ID: z.string().min(1) }),
  Issuer: textSchema.length(1),
  Subject: z
    .array(
      z.looseObject({
        NameID: z
          .array(z.looseObject({ _: z.string(), $: z.looseObject({ Format: z.string().optional() }).optional() }))
          .length(1),
        SubjectConfirmation: z.array(
          z.looseObject({
            $: z.looseObject({ Method: z.string() }),
            SubjectConfirmationData: z
              .array(
                z.looseObject({
                  $: z.looseObject({
                    Recipient: z.string().optional(),
                    InResponseTo: z.string().optional(),
                    NotOnOrAfter: z.string().optional(),
                  }),
                }),
              )
              .optional(),
          }),
        ),
      }),
    )
    .length(1),
  AuthnStatement: z
    .array(
      z.looseObject({
        AuthnContext: z.array(z.looseObject({ AuthnContextClassRef: textSchema.optional() })).optional(),
      }),
    )
    .min(1),
});

type Assertion = z.output<typeof assertionSchema>;

/** Who the assertion speaks of. It was signed, is of this time and for us; it must also answer this very request. */
export function readAssertion(
  signed: Readonly<Record<string, unknown>>,
  attributes: Readonly<Record<string, unknown>>,
  { settings, flow }: { readonly settings: CompleteSaml; readonly flow: Flow },
): UpstreamProfile {
  const parsed = assertionSchema.safeParse(signed['Assertion']);
  if (!parsed.success) throw new FederationRefusedError('the assertion lacks something', parsed.error);
  const assertion = parsed.data;
  assertMeantForUs(assertion, settings.entityId, flow);
  const [nameId] = assertion.Subject[0]!.NameID;
  const format = nameId!.$?.Format;
  if (format === transient) throw new FederationRefusedError('the NameID is transient: another one at each sign-in');
  const subject = nameId!._.trim();
  if (subject === '') throw new FederationRefusedError('the NameID is empty');
  const { mapping, multiFactorValues } = settings;
  const find = (given: string | undefined, usual: readonly string[]) =>
    (given === undefined ? usual : [given])
      .map((name) => firstText(attributes[name]))
      .find((text) => text !== undefined);
  const email = find(mapping.email, usualNames.email) ?? (format === emailFormat ? subject : undefined);
  const levels = assertion.AuthnStatement.flatMap((statement) => statement.AuthnContext ?? [])
    .flatMap((context) => context.AuthnContextClassRef ?? [])
    .map((level) => level._?.trim() ?? '');
  return {
    issuer: settings.entityId,
    subject,
    email,
    // SAML has no word for it; the provider's settings decide.
    emailVerified: false,
    name:
      find(mapping.name, usualNames.name) ??
      joinNames(find(mapping.firstName, usualNames.firstName), find(mapping.lastName, usualNames.lastName)),
    locale: find(mapping.locale, usualNames.locale),
    multiFactor: levels.some((level) => multiFactorValues.includes(level)),
    answerId: assertion.$.ID,
  };
}

function assertMeantForUs(assertion: Assertion, entityId: string, flow: Flow): void {
  if (assertion.Issuer[0]!._?.trim() !== entityId)
    throw new FederationRefusedError('the assertion is of another provider');
  const confirmed = assertion.Subject[0]!.SubjectConfirmation.some(
    ({ $: { Method: method }, SubjectConfirmationData: data }) =>
      method === bearer &&
      data?.length === 1 &&
      data[0]!.$.Recipient === flow.callbackUrl &&
      data[0]!.$.InResponseTo === flow.requestId &&
      data[0]!.$.NotOnOrAfter !== undefined,
  );
  if (!confirmed)
    throw new FederationRefusedError('the assertion was made for somebody else or answers another request');
}

// By their short names, their object identifiers (X.500) and those of WS-Federation.
const claims = 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims';
const usualNames = {
  email: [
    'email',
    'mail',
    'urn:oid:0.9.2342.19200300.100.1.3',
    'urn:oid:1.2.840.113549.1.9.1',
    `${claims}/emailaddress`,
  ],
  name: [
    'displayName',
    'name',
    'urn:oid:2.16.840.1.113730.3.1.241',
    'http://schemas.microsoft.com/identity/claims/displayname',
  ],
  firstName: ['givenName', 'firstName', 'urn:oid:2.5.4.42', `${claims}/givenname`],
  lastName: ['sn', 'surname', 'lastName', 'urn:oid:2.5.4.4', `${claims}/surname`],
  locale: ['preferredLanguage', 'locale', 'urn:oid:2.16.840.1.113730.3.1.39'],
} as const;

function firstText(value: unknown): string | undefined {
  const first: unknown = Array.isArray(value) ? value[0] : value;
  return typeof first === 'string' && first.trim() !== '' ? first.trim() : undefined;
}

function joinNames(first: string | undefined, last: string | undefined): string | undefined {
  const parts = [first, last].filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : parts.join(' ');
}
