import type { Attribute, Schema } from './schema.ts';

type Type = Attribute['type'];
const fixed = (type: Type, name: string, description: string): Attribute => ({
  name,
  type,
  description,
  mutability: 'readOnly',
});
const text = (name: string, description: string): Attribute => fixed('string', name, description);
const needed = (attribute: Attribute): Attribute => ({ ...attribute, required: true });

function group(name: string, description: string, subAttributes: readonly Attribute[]): Attribute {
  return { ...fixed('complex', name, description), required: true, subAttributes };
}

const supported = needed(fixed('boolean', 'supported', 'Whether it is supported'));

const attributeFields: readonly Attribute[] = [
  needed(text('name', 'Name')),
  {
    ...needed(text('type', 'Type of data')),
    canonicalValues: ['string', 'complex', 'boolean', 'decimal', 'integer', 'dateTime', 'reference'],
  },
  needed(fixed('boolean', 'multiValued', 'Whether it has several values')),
  text('description', 'Description'),
  fixed('boolean', 'required', 'Whether it must be there'),
  { ...text('canonicalValues', 'Usual values'), multiValued: true },
  fixed('boolean', 'caseExact', 'Whether letter case counts'),
  {
    ...text('mutability', 'Whether it can be changed'),
    canonicalValues: ['readOnly', 'readWrite', 'immutable', 'writeOnly'],
  },
  { ...text('returned', 'When it is returned'), canonicalValues: ['always', 'never', 'default', 'request'] },
  { ...text('uniqueness', 'Where it is unique'), canonicalValues: ['none', 'server', 'global'] },
  { ...text('referenceTypes', 'What it refers to'), multiValued: true },
];

/** How the discovery documents themselves are described (RFC 7643, section 8.7.2). */
export const discoverySchemas: readonly Schema[] = [
  {
    id: 'urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig',
    name: 'ServiceProviderConfig',
    description: 'What of the protocol is supported',
    attributes: [
      { ...fixed('reference', 'documentationUri', 'Documentation'), referenceTypes: ['external'] },
      group('patch', 'PATCH', [supported]),
      group('bulk', 'Several operations in one request', [
        supported,
        needed(fixed('integer', 'maxOperations', 'Most operations')),
        needed(fixed('integer', 'maxPayloadSize', 'Largest request in bytes')),
      ]),
      group('filter', 'Filters', [supported, needed(fixed('integer', 'maxResults', 'Most results of one request'))]),
      group('changePassword', 'Changes of passwords', [supported]),
      group('sort', 'Sorting', [supported]),
      group('etag', 'Versions of resources', [supported]),
      {
        ...group('authenticationSchemes', 'Ways to authenticate', [
          needed(text('type', 'Scheme')),
          needed(text('name', 'Name')),
          needed(text('description', 'Description')),
          { ...fixed('reference', 'specUri', 'Specification'), referenceTypes: ['external'] },
          { ...fixed('reference', 'documentationUri', 'Documentation'), referenceTypes: ['external'] },
          fixed('boolean', 'primary', 'Whether it is the preferred one'),
        ]),
        multiValued: true,
      },
    ],
  },
  {
    id: 'urn:ietf:params:scim:schemas:core:2.0:ResourceType',
    name: 'ResourceType',
    description: 'A kind of resource',
    attributes: [
      text('id', 'Id'),
      needed(text('name', 'Name')),
      text('description', 'Description'),
      needed({ ...fixed('reference', 'endpoint', 'Where its resources are'), referenceTypes: ['uri'] }),
      needed({ ...fixed('reference', 'schema', 'Its schema'), referenceTypes: ['uri'] }),
      {
        ...group('schemaExtensions', 'Extensions of its schema', [
          needed({ ...fixed('reference', 'schema', 'The extension'), referenceTypes: ['uri'] }),
          needed(fixed('boolean', 'required', 'Whether it must be there')),
        ]),
        multiValued: true,
      },
    ],
  },
  {
    id: 'urn:ietf:params:scim:schemas:core:2.0:Schema',
    name: 'Schema',
    description: 'Attributes of a kind of resource',
    attributes: [
      needed(text('id', 'URI of the schema')),
      text('name', 'Name'),
      text('description', 'Description'),
      {
        ...group('attributes', 'Attributes', [
          ...attributeFields,
          {
            ...fixed('complex', 'subAttributes', 'Attributes of the attribute'),
            multiValued: true,
            subAttributes: attributeFields,
          },
        ]),
        multiValued: true,
      },
    ],
  },
];
