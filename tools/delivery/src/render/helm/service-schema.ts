type Schema = Readonly<Record<string, unknown>>;

const text: Schema = { type: 'string' };
const flag: Schema = { type: 'boolean' };
const count: Schema = { type: 'integer', minimum: 0 };
const portNumber: Schema = { type: 'integer', minimum: 1, maximum: 65_535 };
const texts: Schema = { type: 'array', items: text };

function object(properties: Readonly<Record<string, Schema>>, required: readonly string[] = []): Schema {
  return { type: 'object', additionalProperties: false, properties, ...(required.length === 0 ? {} : { required }) };
}

function mapOf(additionalProperties: Schema): Schema {
  return { type: 'object', additionalProperties };
}

const quantities = object({ cpu: { type: ['string', 'number'] }, memory: text, 'ephemeral-storage': text });

const probe = object({
  enabled: flag,
  path: text,
  port: portNumber,
  command: texts,
  initialDelaySeconds: count,
  periodSeconds: { type: 'integer', minimum: 1 },
  timeoutSeconds: { type: 'integer', minimum: 1 },
  failureThreshold: { type: 'integer', minimum: 1 },
});

const port = object(
  {
    name: { type: 'string', maxLength: 15 },
    port: portNumber,
    targetPort: portNumber,
    protocol: { enum: ['TCP', 'UDP'] },
    appProtocol: text,
  },
  ['name', 'port', 'targetPort', 'protocol'],
);

const rules: Schema = {
  type: 'array',
  items: object({
    from: { type: 'array', items: { type: 'object' } },
    to: { type: 'array', items: { type: 'object' } },
    ports: { type: 'array', items: object({ port: portNumber, protocol: { enum: ['TCP', 'UDP'] } }) },
  }),
};

/**
 * `values.schema.json` of the service chart. It knows every value and refuses all others: a misspelt one would
 * otherwise be iterated over as nothing, and nobody would hear of it.
 */
export const serviceSchema: Schema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  ...object({
    name: text,
    global: {
      type: 'object',
      properties: {
        platform: text,
        storageClass: text,
        images: { type: 'array', items: object({ name: text, newTag: text }, ['name', 'newTag']) },
        tolerations: { type: 'array' },
      },
    },
    enabled: flag,
    component: text,
    kind: { enum: ['deployment', 'statefulSet', 'job'] },
    hook: { enum: ['none', 'before', 'along'] },
    image: object({
      repository: text,
      tag: { type: 'string', not: { const: 'latest' } },
      pullPolicy: { enum: ['IfNotPresent', 'Never', 'Always'] },
    }),
    command: texts,
    arguments: texts,
    ports: { type: 'array', items: port },
    publicPorts: { type: 'array', items: port },
    publishNotReadyAddresses: flag,
    // Null where an environment does without it.
    variables: mapOf({ type: ['string', 'null'] }),
    files: mapOf({
      ...object({ content: text, executable: flag }, ['content', 'executable']),
      type: ['object', 'null'],
    }),
    secrets: texts,
    volumes: { type: 'array', items: object({ name: text, path: text, size: text }, ['name', 'path', 'size']) },
    temporaryFolders: texts,
    probes: object({ startup: probe, liveness: probe, readiness: probe }),
    resources: object({ requests: quantities, limits: quantities }),
    replicas: count,
    autoscaling: object({
      enabled: flag,
      minimum: { type: 'integer', minimum: 1 },
      maximum: { type: 'integer', minimum: 1 },
      cpuPercent: { type: 'integer', minimum: 1 },
      memoryPercent: { type: 'integer', minimum: 1 },
    }),
    security: object({ user: count, group: count, readOnlyRoot: flag, capabilities: texts }),
    stopGraceSeconds: count,
    networkPolicy: object({ ingress: rules, egress: rules }),
    access: { type: 'array', items: object({ apiGroups: texts, resources: texts, verbs: texts }) },
    monitor: object({ enabled: flag, replicas: flag, port: portNumber, path: text }),
    test: object({ enabled: flag, image: text }),
  }),
};
