import { escapeHtml, renderPage } from './html.ts';

interface Content {
  readonly schema: unknown;
  readonly examples?: Readonly<Record<string, { readonly summary: string; readonly value: unknown }>>;
}

interface OpenApiOperation {
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly summary: string;
  readonly 'x-permission': string;
  readonly 'x-rate-limit': number;
  readonly 'x-error-codes': readonly string[];
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: string;
    readonly required: boolean;
    readonly schema: unknown;
  }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, Content>> };
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, Content>> }>>;
}

/** The API reference as one page without script, made from the OpenAPI document. */
export function renderApiReference(document: Readonly<Record<string, unknown>>): string {
  const paths = document['paths'] as Record<string, Record<string, OpenApiOperation>>;
  const tags = document['tags'] as readonly { name: string; description: string }[];
  const sections = tags.map(({ name, description }) => {
    const operations = Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods)
        .filter(([, operation]) => operation.tags.includes(name))
        .map(([method, operation]) => renderOperation(method.toUpperCase(), path, operation)),
    );
    return `<section id="${escapeHtml(name)}"><h2>${escapeHtml(name)}</h2><p class="quiet">${escapeHtml(description)}</p>${operations.join('\n')}</section>`;
  });
  return renderPage(
    'API reference',
    `<h1>API reference</h1><p class="lead">The same as an OpenAPI 3.1 document: <a href="/openapi.json">/openapi.json</a>.
Send a bearer token, an API key in <code>X-API-Key</code>, or the session cookie. Errors are RFC 9457 problems.</p>${sections.join('\n')}`,
  );
}

function renderOperation(method: string, path: string, operation: OpenApiOperation): string {
  const parameters = (operation.parameters ?? []).map(
    (parameter) =>
      `<tr><td><code>${escapeHtml(parameter.name)}</code>${parameter.required ? '' : ' <span class="quiet">optional</span>'}</td><td>${parameter.in}</td><td><code>${escapeHtml(describeSchema(parameter.schema))}</code></td></tr>`,
  );
  const body = Object.values(operation.requestBody?.content ?? {})[0];
  const [status, success] = Object.entries(operation.responses).find(([code]) => code.startsWith('2')) ?? ['200', {}];
  const answer = Object.values(success.content ?? {})[0];
  return `<details id="${escapeHtml(operation.operationId)}"><summary><span class="method">${method}</span><code>${escapeHtml(path)}</code><span class="what">${escapeHtml(operation.summary)}</span></summary><div>
<p>Permission <code>${escapeHtml(operation['x-permission'])}</code>, ${operation['x-rate-limit']} requests a minute.</p>
${parameters.length === 0 ? '' : `<div class="scroll"><table><thead><tr><th scope="col">Parameter</th><th scope="col">In</th><th scope="col">Type</th></tr></thead><tbody>${parameters.join('')}</tbody></table></div>`}
${body === undefined ? '' : `<p>Body</p>${renderContent(body)}`}
<p>Answer ${status}</p>${answer === undefined ? '' : renderContent(answer)}
<p class="quiet">Errors: ${operation['x-error-codes'].map((code) => `<code>${escapeHtml(code)}</code>`).join(', ')}</p></div></details>`;
}

function renderContent({ schema, examples = {} }: Content): string {
  const json = (value: unknown): string => `<pre>${escapeHtml(JSON.stringify(value, undefined, 2))}</pre>`;
  const shown = Object.values(examples).map(({ summary, value }) => `<p>${escapeHtml(summary)}</p>${json(value)}`);
  return [...shown, json(schema)].join('');
}

function describeSchema(schema: unknown): string {
  const {
    type,
    format,
    enum: values,
    anyOf,
  } = schema as { type?: string; format?: string; enum?: string[]; anyOf?: unknown[] };
  if (values !== undefined) return values.join(' | ');
  if (anyOf !== undefined) return anyOf.map(describeSchema).join(' | ');
  return format === undefined ? (type ?? 'any') : `${type} (${format})`;
}
