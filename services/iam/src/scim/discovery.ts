import { mostResults } from './list-query.ts';
import { discoverySchemas } from './schema-of-schemas.ts';
import {
  enterpriseSchema,
  groupKind,
  groupSchema,
  userKind,
  userSchema,
  type Attribute,
  type Schema,
} from './schema.ts';

type Json = Record<string, unknown>;

/** What of the protocol is supported (RFC 7643, section 5). `base` is the URL of the protocol. */
export function renderServiceProviderConfig(base: string): Json {
  return {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig'],
    documentationUri: 'https://www.rfc-editor.org/rfc/rfc7644',
    patch: { supported: true },
    bulk: { supported: false, maxOperations: 0, maxPayloadSize: 0 },
    filter: { supported: true, maxResults: mostResults },
    changePassword: { supported: false },
    sort: { supported: true },
    etag: { supported: true },
    authenticationSchemes: [
      {
        type: 'oauthbearertoken',
        name: 'Bearer token',
        description: 'An API key with the scope scim:write, or an access token of a service account that holds it',
        specUri: 'https://www.rfc-editor.org/rfc/rfc6750',
        primary: true,
      },
    ],
    meta: { resourceType: 'ServiceProviderConfig', location: `${base}/ServiceProviderConfig` },
  };
}

/** The kinds of resources (RFC 7643, section 6). */
export function renderResourceTypes(base: string): Json[] {
  return [userKind, groupKind].map(({ name, endpoint, schema, extensions }) => ({
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:ResourceType'],
    id: name,
    name,
    description: schema.description,
    endpoint,
    schema: schema.id,
    ...(extensions.length === 0
      ? {}
      : { schemaExtensions: extensions.map(({ id }) => ({ schema: id, required: false })) }),
    meta: { resourceType: 'ResourceType', location: `${base}/ResourceTypes/${name}` },
  }));
}

/** Every schema (RFC 7643, section 7). */
export function renderSchemas(base: string): Json[] {
  return [userSchema, enterpriseSchema, groupSchema, ...discoverySchemas].map((schema) => renderSchema(base, schema));
}

function renderSchema(base: string, { id, name, description, attributes }: Schema): Json {
  return {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:Schema'],
    id,
    name,
    description,
    attributes: attributes.map(renderAttribute),
    meta: { resourceType: 'Schema', location: `${base}/Schemas/${id}` },
  };
}

function renderAttribute(attribute: Attribute): Json {
  return {
    name: attribute.name,
    type: attribute.type,
    multiValued: attribute.multiValued === true,
    description: attribute.description,
    required: attribute.required === true,
    caseExact: attribute.caseExact === true,
    mutability: attribute.mutability ?? 'readWrite',
    returned: attribute.returned ?? 'default',
    uniqueness: attribute.uniqueness ?? 'none',
    ...(attribute.canonicalValues === undefined ? {} : { canonicalValues: attribute.canonicalValues }),
    ...(attribute.referenceTypes === undefined ? {} : { referenceTypes: attribute.referenceTypes }),
    ...(attribute.subAttributes === undefined ? {} : { subAttributes: attribute.subAttributes.map(renderAttribute) }),
  };
}
