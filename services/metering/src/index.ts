import { packagePath, type ServiceDefinition } from '@plinth/common';
import { manifest } from '../service.manifest.ts';
import { createApp } from './app.module.ts';

export const service: ServiceDefinition = {
  manifest,
  migrations: packagePath(import.meta.url, 'migrations/'),
  create: createApp,
};
