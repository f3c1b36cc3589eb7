/** An attribute of a resource (RFC 7643, section 7). Absent characteristics have the defaults of section 2.2. */
export interface Attribute {
  readonly name: string;
  readonly type: 'string' | 'boolean' | 'integer' | 'dateTime' | 'reference' | 'complex';
  readonly description: string;
  readonly multiValued?: true;
  readonly required?: true;
  readonly caseExact?: true;
  readonly mutability?: 'readOnly' | 'immutable';
  readonly returned?: 'always';
  readonly uniqueness?: 'server';
  readonly canonicalValues?: readonly string[];
  readonly referenceTypes?: readonly string[];
  readonly subAttributes?: readonly Attribute[];
}

export interface Schema {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly attributes: readonly Attribute[];
}

/** A kind of resource with its schemas. */
export interface ResourceKind {
  readonly name: 'User' | 'Group';
  /** Below the base of the protocol. */
  readonly endpoint: '/Users' | '/Groups';
  readonly schema: Schema;
  readonly extensions: readonly Schema[];
}

const value = (type: Attribute['type'], name: string, description: string): Attribute => ({ name, type, description });
const text = (name: string, description: string): Attribute => value('string', name, description);

/** The sub-attributes of most attributes with several values. */
function labelled(of: string, types: readonly string[]): Attribute[] {
  return [
    text('value', of),
    text('display', 'For display'),
    { ...text('type', 'What it is for'), canonicalValues: types },
    value('boolean', 'primary', 'Whether it is the preferred one'),
  ];
}

function list(name: string, description: string, subAttributes: readonly Attribute[]): Attribute {
  return { name, type: 'complex', multiValued: true, description, subAttributes };
}

export const userSchema: Schema = {
  id: 'urn:ietf:params:scim:schemas:core:2.0:User',
  name: 'User',
  description: 'A person of the tenant',
  attributes: [
    { ...text('userName', 'Name by which the directory knows the person'), required: true, uniqueness: 'server' },
    {
      name: 'name',
      type: 'complex',
      description: 'Parts of the name',
      subAttributes: [
        text('formatted', 'Full name'),
        text('familyName', 'Family name'),
        text('givenName', 'Given name'),
        text('middleName', 'Middle name'),
        text('honorificPrefix', 'Title before the name'),
        text('honorificSuffix', 'Title after the name'),
      ],
    },
    text('displayName', 'Name for display'),
    text('nickName', 'Casual name'),
    { ...value('reference', 'profileUrl', 'Page about the person'), referenceTypes: ['external'] },
    text('title', 'Job title'),
    text('userType', 'Relation to the organization'),
    text('preferredLanguage', 'Preferred languages'),
    text('locale', 'Locale'),
    text('timezone', 'Time zone'),
    value('boolean', 'active', 'Whether the person has access to the tenant'),
    list('emails', 'Email addresses', labelled('Email address', ['work', 'home', 'other'])),
    list(
      'phoneNumbers',
      'Phone numbers',
      labelled('Phone number', ['work', 'home', 'mobile', 'fax', 'pager', 'other']),
    ),
    list('addresses', 'Postal addresses', [
      text('formatted', 'Full address'),
      text('streetAddress', 'Street'),
      text('locality', 'City'),
      text('region', 'State or region'),
      text('postalCode', 'Postal code'),
      text('country', 'Country'),
      { ...text('type', 'What it is for'), canonicalValues: ['work', 'home', 'other'] },
      value('boolean', 'primary', 'Whether it is the preferred one'),
    ]),
    {
      ...list('groups', 'Groups that the person is in', [
        { ...text('value', 'Id of the group'), caseExact: true, mutability: 'readOnly' },
        { ...value('reference', '$ref', 'The group'), referenceTypes: ['Group'], mutability: 'readOnly' },
        { ...text('display', 'Name of the group'), mutability: 'readOnly' },
      ]),
      mutability: 'readOnly',
    },
  ],
};

export const enterpriseSchema: Schema = {
  id: 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User',
  name: 'EnterpriseUser',
  description: 'What an enterprise knows of a person',
  attributes: [
    text('employeeNumber', 'Number of the employee'),
    text('costCenter', 'Cost center'),
    text('organization', 'Organization'),
    text('division', 'Division'),
    text('department', 'Department'),
    {
      name: 'manager',
      type: 'complex',
      description: 'Manager of the person',
      subAttributes: [
        { ...text('value', 'Id of the manager'), caseExact: true },
        { ...value('reference', '$ref', 'The manager'), referenceTypes: ['User'] },
        { ...text('displayName', 'Name of the manager'), mutability: 'readOnly' },
      ],
    },
  ],
};

export const groupSchema: Schema = {
  id: 'urn:ietf:params:scim:schemas:core:2.0:Group',
  name: 'Group',
  description: 'People who have roles together',
  attributes: [
    { ...text('displayName', 'Name of the group'), required: true, uniqueness: 'server' },
    list('members', 'Members of the group', [
      { ...text('value', 'Id of the user'), caseExact: true, mutability: 'immutable' },
      { ...value('reference', '$ref', 'The user'), referenceTypes: ['User'], mutability: 'immutable' },
      { ...text('type', 'Kind of member'), canonicalValues: ['User'], mutability: 'immutable' },
    ]),
  ],
};

/** What every resource has (RFC 7643, section 3.1), as far as clients may name it. */
export const commonAttributes: readonly Attribute[] = [
  { ...text('id', 'Id'), caseExact: true, mutability: 'readOnly', returned: 'always', uniqueness: 'server' },
  { ...text('externalId', 'Id of the directory'), caseExact: true },
  { ...list('schemas', 'Schemas', []), mutability: 'readOnly', returned: 'always' },
  {
    name: 'meta',
    type: 'complex',
    description: 'About the resource',
    mutability: 'readOnly',
    subAttributes: [
      { ...text('resourceType', 'Kind of resource'), caseExact: true, mutability: 'readOnly' },
      { ...value('dateTime', 'created', 'When it was made'), mutability: 'readOnly' },
      { ...value('dateTime', 'lastModified', 'When it was changed'), mutability: 'readOnly' },
      { ...value('reference', 'location', 'Where it is'), referenceTypes: ['uri'], mutability: 'readOnly' },
      { ...text('version', 'Version'), caseExact: true, mutability: 'readOnly' },
    ],
  },
];

export const userKind: ResourceKind = {
  name: 'User',
  endpoint: '/Users',
  schema: userSchema,
  extensions: [enterpriseSchema],
};

export const groupKind: ResourceKind = { name: 'Group', endpoint: '/Groups', schema: groupSchema, extensions: [] };

/** An attribute by its name, whatever its letter case. */
export function findAttribute(attributes: readonly Attribute[], name: string): Attribute | undefined {
  const wanted = name.toLowerCase();
  return attributes.find((attribute) => attribute.name.toLowerCase() === wanted);
}
