import { use, useType, type TemplateFile } from '../source.ts';
import type { ServiceRequest } from './service-request.ts';

/** What puts the service together, and its settings. */
export function renderModuleFiles(request: ServiceRequest): TemplateFile[] {
  return [
    { path: 'src/app.module.ts', content: renderModule(request) },
    { path: 'src/config.ts', content: renderConfig(request) },
  ];
}

function renderModule({ service, feature: { one, many } }: ServiceRequest): string {
  return `${use('Database, IdempotencyInterceptor, type ServiceDependencies, type ServiceInstance', '@plinth/common')}
${use('loadConfig', './config.ts')}
${use(`${one.pascal}Controller`, `./${one.kebab}/${one.kebab}.controller.ts`)}
${use(`${one.pascal}Service`, `./${one.kebab}/${one.kebab}.service.ts`)}

class ${service.pascal}AppModule {}

/** Puts the service together. */
export async function createApp({ environment, database, clock }: ServiceDependencies): Promise<ServiceInstance> {
  const ${many.camel} = new ${one.pascal}Service(database, clock, loadConfig(environment));
  const controllers = [${one.pascal}Controller];
  return {
    controllers,
    module: {
      module: ${service.pascal}AppModule,
      controllers,
      providers: [
        { provide: Database, useValue: database },
        { provide: ${one.pascal}Service, useValue: ${many.camel} },
        IdempotencyInterceptor,
      ],
    },
  };
}
`;
}

function renderConfig({ service, feature: { one, many } }: ServiceRequest): string {
  return `${useType('ParsedEnvironment', '@plinth/common')}

export interface ${service.pascal}Config {
  /** How many ${many.words} a tenant may have. */
  readonly ${one.camel}Limit: number;
}

/** The service's settings from its variables. */
export function loadConfig(environment: ParsedEnvironment): ${service.pascal}Config {
  return { ${one.camel}Limit: environment.getInteger('${service.upper}_${one.upper}_LIMIT') };
}
`;
}
