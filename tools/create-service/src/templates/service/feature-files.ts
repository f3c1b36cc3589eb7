import { use, useAll, useType, type TemplateFile } from '../source.ts';
import type { ServiceRequest } from './service-request.ts';

/** The layers of the first feature. */
export function renderFeatureFiles(request: ServiceRequest): TemplateFile[] {
  const { kebab } = request.feature.one;
  const files: readonly (readonly [string, string])[] = [
    ['ts', renderRules(request)],
    ['errors.ts', renderErrors(request)],
    ['dto.ts', renderDto(request)],
    ['controller.ts', renderController(request)],
    ['service.ts', renderService(request)],
    ['store.ts', renderStore(request)],
  ];
  return files.map(([suffix, content]) => ({ path: `src/${kebab}/${kebab}.${suffix}`, content }));
}

function renderRules({ feature: { one } }: ServiceRequest): string {
  return `/** What a tenant keeps; its name is unique there. */
export interface ${one.pascal} {
  readonly id: string;
  readonly name: string;
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** The ${one.words} under a new name; itself when it has that name already. */
export function rename${one.pascal}(${one.camel}: ${one.pascal}, name: string, now: Date): ${one.pascal} {
  if (${one.camel}.name === name) return ${one.camel};
  return { ...${one.camel}, name, version: ${one.camel}.version + 1, updatedAt: now };
}
`;
}

function renderErrors({ feature: { one, many } }: ServiceRequest): string {
  return `${use('DomainError', '@plinth/common')}

export class ${one.pascal}LimitError extends DomainError {
  readonly code = '${one.snake}.limit_reached';
  readonly kind = 'conflict';
  constructor(limit: number) {
    super(\`A tenant has at most \${limit} ${many.words}.\`);
  }
}
`;
}

function renderDto({ feature: { one, many } }: ServiceRequest): string {
  return `${use('idSchema', '@plinth/contracts')}
${use('defineOperation, isStorableText, pageQuerySchema, pageSchema', '@plinth/common')}
${use('z', 'zod')}
${useType(one.pascal, `./${one.kebab}.ts`)}

const ${one.camel}ResponseSchema = z.object({
  id: idSchema,
  name: z.string(),
  version: z.int(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});

const ${one.camel}Params = z.strictObject({ ${one.camel}Id: idSchema });

const ${one.camel}Body = z.strictObject({
  name: z
    .string()
    .trim()
    .min(1)
    .max(200)
    // PostgreSQL can store neither.
    .refine(isStorableText, 'must not contain NUL or half of a surrogate pair'),
});

export const create${one.pascal} = defineOperation({
  id: 'create${one.pascal}',
  method: 'POST',
  path: '/${many.kebab}',
  summary: 'Create a ${one.words}',
  permission: '${one.kebab}:write',
  body: ${one.camel}Body,
  response: ${one.camel}ResponseSchema,
  status: 201,
  idempotent: true,
  etag: 'returned',
  errors: ['resource.already_exists', '${one.snake}.limit_reached'],
});

export const list${many.pascal} = defineOperation({
  id: 'list${many.pascal}',
  method: 'GET',
  path: '/${many.kebab}',
  summary: 'List ${many.words}',
  permission: '${one.kebab}:read',
  query: pageQuerySchema,
  response: pageSchema(${one.camel}ResponseSchema),
});

export const get${one.pascal} = defineOperation({
  id: 'get${one.pascal}',
  method: 'GET',
  path: '/${many.kebab}/:${one.camel}Id',
  summary: 'Get a ${one.words}',
  permission: '${one.kebab}:read',
  params: ${one.camel}Params,
  response: ${one.camel}ResponseSchema,
  etag: 'returned',
});

export const update${one.pascal} = defineOperation({
  id: 'update${one.pascal}',
  method: 'PATCH',
  path: '/${many.kebab}/:${one.camel}Id',
  summary: 'Rename a ${one.words}',
  permission: '${one.kebab}:write',
  params: ${one.camel}Params,
  body: ${one.camel}Body,
  response: ${one.camel}ResponseSchema,
  etag: 'required',
  errors: ['request.version_mismatch', 'resource.already_exists'],
});

export function toResponse(${one.camel}: ${one.pascal}): z.output<typeof ${one.camel}ResponseSchema> {
  const { id, name, version, createdAt, updatedAt } = ${one.camel};
  return { id, name, version, createdAt: createdAt.toISOString(), updatedAt: updatedAt.toISOString() };
}
`;
}

function renderController({ feature: { one, many } }: ServiceRequest): string {
  const method = (name: string, operation: string, parameters: string, body: string) => `
  @Handles(operations.${operation})
  async ${name}({ ${parameters} }: OperationInput<typeof operations.${operation}>): Promise<
    OperationOutput<typeof operations.${operation}>
  > {
    ${body}
  }
`;
  const field = `this.#${many.camel}`;
  return `${use('Controller, Inject', '@nestjs/common')}
${use('Handles, type OperationInput, type OperationOutput', '@plinth/common')}
${useAll('operations', `./${one.kebab}.dto.ts`)}
${use('toResponse', `./${one.kebab}.dto.ts`)}
${use(`${one.pascal}Service`, `./${one.kebab}.service.ts`)}

@Controller('api/v1')
export class ${one.pascal}Controller {
  readonly #${many.camel}: ${one.pascal}Service;
  constructor(@Inject(${one.pascal}Service) ${many.camel}: ${one.pascal}Service) {
    ${field} = ${many.camel};
  }
${[
  method(
    'create',
    `create${one.pascal}`,
    'tenantId, body',
    `return toResponse(await ${field}.create(tenantId, body));`,
  ),
  method(
    'list',
    `list${many.pascal}`,
    'tenantId, query',
    `const page = await ${field}.list(tenantId, query.limit, query.cursor);
    return { ...page, data: page.data.map(toResponse) };`,
  ),
  method(
    'get',
    `get${one.pascal}`,
    'tenantId, params',
    `return toResponse(await ${field}.get(tenantId, params.${one.camel}Id));`,
  ),
  method(
    'update',
    `update${one.pascal}`,
    'tenantId, params, body, ifMatch',
    `return toResponse(await ${field}.rename(tenantId, params.${one.camel}Id, body.name, ifMatch));`,
  ),
].join('')}}
`;
}

function renderService({ service, feature: { one, many } }: ServiceRequest): string {
  const { camel, pascal, snake, kebab } = one;
  return `${use(
    'decodeCursor, newId, NotFoundError, toPage, VersionMismatchError, type Clock, type Database, type Page',
    '@plinth/common',
  )}
${use('z', 'zod')}
${useType(`${service.pascal}Config`, '../config.ts')}
${use(`${pascal}LimitError`, `./${kebab}.errors.ts`)}
${useAll('store', `./${kebab}.store.ts`)}
${use(`rename${pascal}, type ${pascal}`, `./${kebab}.ts`)}

export interface New${pascal} {
  readonly name: string;
}

/** Keeps the ${many.words} of each tenant. */
export class ${pascal}Service {
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #config: ${service.pascal}Config;

  constructor(database: Database, clock: Clock, config: ${service.pascal}Config) {
    this.#database = database;
    this.#clock = clock;
    this.#config = config;
  }

  async create(tenantId: string, input: New${pascal}): Promise<${pascal}> {
    const now = this.#clock.now();
    const ${camel}: ${pascal} = { id: newId(now.getTime()), name: input.name, version: 1, createdAt: now, updatedAt: now };
    const limit = this.#config.${camel}Limit;
    return this.#database.transaction(tenantId, async (transaction) => {
      if ((await store.countForCreation(transaction)) >= limit) throw new ${pascal}LimitError(limit);
      await store.insert${pascal}(transaction, ${camel});
      transaction.audit({ action: '${snake}.created', resourceType: '${snake}', resourceId: ${camel}.id, after: ${camel} });
      transaction.publish('${snake}.created', ${camel}.id, { ${camel}Id: ${camel}.id, name: ${camel}.name });
      return ${camel};
    });
  }

  async get(tenantId: string, id: string): Promise<${pascal}> {
    const ${camel} = await this.#database.transaction(tenantId, (transaction) => store.find${pascal}(transaction, id));
    if (${camel} === undefined) throw new NotFoundError('${snake}', id);
    return ${camel};
  }

  async list(tenantId: string, limit: number, cursor: string | undefined): Promise<Page<${pascal}>> {
    const after = decodeCursor(cursor, z.tuple([z.uuid()]))?.[0];
    const rows = await this.#database.transaction(tenantId, (transaction) =>
      store.list${many.pascal}(transaction, limit + 1, after),
    );
    return toPage(
      rows,
      limit,
      (${camel}) => [${camel}.id],
      (${camel}) => ${camel},
    );
  }

  async rename(tenantId: string, id: string, name: string, ifMatch: number | undefined): Promise<${pascal}> {
    return this.#database.transaction(tenantId, async (transaction) => {
      const before = await store.find${pascal}ForUpdate(transaction, id);
      if (before === undefined) throw new NotFoundError('${snake}', id);
      if (ifMatch !== undefined && ifMatch !== before.version) throw new VersionMismatchError();
      const after = rename${pascal}(before, name, this.#clock.now());
      if (after === before) return before;
      await store.update${pascal}(transaction, after);
      transaction.audit({ action: '${snake}.updated', resourceType: '${snake}', resourceId: id, before, after });
      return after;
    });
  }
}
`;
}

function renderStore({ service, feature: { one, many } }: ServiceRequest): string {
  const { camel, pascal, snake, kebab } = one;
  const table = `${service.snake}.${many.snake}`;
  return `${use('refuseDuplicate, type Transaction', '@plinth/common')}
${useType(pascal, `./${kebab}.ts`)}

const columns = 'id, name, version, created_at AS "createdAt", updated_at AS "updatedAt"';

/** Counts what the tenant has, and keeps it from creating more until the transaction ends. */
export async function countForCreation(transaction: Transaction): Promise<number> {
  await transaction.execute('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [
    \`${table} \${transaction.tenantId}\`,
  ]);
  const row = await transaction.findRow<{ count: number }>('SELECT count(*)::integer AS count FROM ${table}');
  return row?.count ?? 0;
}

export async function insert${pascal}(transaction: Transaction, ${camel}: ${pascal}): Promise<void> {
  await refuseDuplicate(
    transaction.execute(
      'INSERT INTO ${table} (id, tenant_id, name, created_at, updated_at) VALUES ($1, $2, $3, $4, $4)',
      [${camel}.id, transaction.tenantId, ${camel}.name, ${camel}.createdAt],
    ),
    '${snake}',
    ${camel}.name,
  );
}

export async function find${pascal}(transaction: Transaction, id: string): Promise<${pascal} | undefined> {
  return transaction.findRow<${pascal}>(\`SELECT \${columns} FROM ${table} WHERE id = $1\`, [id]);
}

/** Locks the row until the transaction ends. */
export async function find${pascal}ForUpdate(transaction: Transaction, id: string): Promise<${pascal} | undefined> {
  return transaction.findRow<${pascal}>(\`SELECT \${columns} FROM ${table} WHERE id = $1 FOR UPDATE\`, [id]);
}

export async function list${many.pascal}(
  transaction: Transaction,
  limit: number,
  after: string | undefined,
): Promise<${pascal}[]> {
  return transaction.rows<${pascal}>(
    \`SELECT \${columns} FROM ${table} WHERE ($2::uuid IS NULL OR id > $2) ORDER BY id LIMIT $1\`,
    [limit, after ?? null],
  );
}

export async function update${pascal}(transaction: Transaction, ${camel}: ${pascal}): Promise<void> {
  await refuseDuplicate(
    transaction.execute('UPDATE ${table} SET name = $2, version = $3, updated_at = $4 WHERE id = $1', [
      ${camel}.id,
      ${camel}.name,
      ${camel}.version,
      ${camel}.updatedAt,
    ]),
    '${snake}',
    ${camel}.name,
  );
}
`;
}
