import type { VariableDefinition } from './manifest.ts';

/** Variables of the process itself, beside those of the services that it runs. */
export const processVariables: readonly VariableDefinition[] = [
  {
    name: 'DATABASE_URL',
    type: 'url',
    secret: true,
    required: false,
    doc: 'PostgreSQL that the services use; the embedded one when absent',
  },
  {
    name: 'DATABASE_MIGRATION_URL',
    type: 'url',
    secret: true,
    required: false,
    doc: 'the same database as a role that may create schemas and roles; DATABASE_URL when absent',
  },
  {
    name: 'DATABASE_POOL_MAX',
    type: 'integer',
    default: '16',
    minimum: 10,
    maximum: 200,
    doc: 'most connections of this process',
  },
  {
    name: 'PLINTH_ENVIRONMENT',
    type: 'string',
    default: 'development',
    doc: 'name of the environment: development, staging, production or another',
  },
  {
    name: 'PLINTH_PUBLIC_URL',
    type: 'url',
    required: false,
    doc: 'URL under which the platform is reached; http://localhost:<port> when absent',
  },
  {
    name: 'PLINTH_INTERNAL_SECRET',
    type: 'string',
    secret: true,
    required: false,
    doc: 'signs calls between processes, 32 characters or more; made in the data directory when embedded',
  },
  {
    name: 'PLINTH_SERVICE_URLS',
    type: 'list',
    default: '',
    doc: 'services that run elsewhere: metering=http://host:3000,audit=http://…',
  },
  {
    name: 'PLINTH_CORS_ORIGINS',
    type: 'list',
    default: '',
    environments: { development: 'http://localhost:*' },
    doc: 'origins of browsers; * stands for a part of a host name or a port',
  },
  {
    name: 'PLINTH_TRUSTED_PROXIES',
    type: 'list',
    default: '',
    doc: 'addresses of proxies whose X-Forwarded-For is believed',
  },
  {
    name: 'PLINTH_RATE_LIMIT_FACTOR',
    type: 'integer',
    default: '1',
    minimum: 1,
    maximum: 1_000_000,
    doc: 'multiplies every rate limit of the gateway; for load tests',
  },
  {
    name: 'PLINTH_JOBS',
    type: 'boolean',
    default: 'true',
    doc: 'whether this process runs the scheduled jobs of its services; one process of each service must',
  },
  {
    name: 'PLINTH_LOG_LEVEL',
    type: 'string',
    default: 'info',
    doc: 'trace, debug, info, warn, error, fatal or silent',
  },
  {
    name: 'OTEL_EXPORTER_OTLP_ENDPOINT',
    type: 'url',
    required: false,
    doc: 'OpenTelemetry collector (OTLP over HTTP) that gets a span of each request',
  },
];
