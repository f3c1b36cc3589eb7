import type { DynamicModule, Type } from '@nestjs/common';
import type { ServiceManifest } from '@plinth/contracts';
import type { FastifyInstance } from 'fastify';
import type { Clock } from '../clock/clock.ts';
import type { ParsedEnvironment } from '../config/parse-environment.ts';
import type { ContractClients } from '../contracts/contract-clients.ts';
import type { Database } from '../database/database.ts';
import type { JobDefinition, Jobs } from '../jobs/jobs.ts';
import type { Logger } from '../logging/logger.ts';
import type { MailTransport } from '../mail/mail.ts';
import type { AnyUseCase } from '../messaging/consumers.ts';
import type { Metrics } from '../telemetry/metrics.ts';

/** What a service gets from the process that runs it. */
export interface ServiceDependencies {
  readonly environment: ParsedEnvironment;
  readonly database: Database;
  readonly contracts: ContractClients;
  readonly clock: Clock;
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly jobs: Jobs;
  readonly mail: MailTransport;
  /** Where this process keeps files of its own, such as the first administrator's password; undefined: nowhere. */
  readonly dataDirectory: string | undefined;
  /** The URL under which the platform is reached from outside. */
  readonly publicUrl: string;
}

/** A running service, as the composition root sees it. */
export interface ServiceInstance {
  /** Nest module with controllers and providers; it provides `Database` for idempotent operations. */
  readonly module: DynamicModule;
  readonly controllers: readonly Type[];
  /** Functions behind the service's contract. */
  readonly contract?: object;
  /** Use cases by the names that the manifest routes events to. */
  readonly useCases?: Readonly<Record<string, AnyUseCase>>;
  readonly jobs?: readonly JobDefinition[];
  /** Routes that are not operations, such as the mounted identity provider. */
  readonly plugin?: (app: FastifyInstance) => Promise<void>;
  /** Runs before the process is ready. */
  readonly start?: () => Promise<void>;
  /** Runs while the process drains, after the last request. */
  readonly stop?: () => Promise<void>;
}

/** What each service package exports: everything the composition root needs to run it. */
export interface ServiceDefinition {
  readonly manifest: ServiceManifest;
  readonly migrations: URL;
  readonly create: (dependencies: ServiceDependencies) => Promise<ServiceInstance>;
}
