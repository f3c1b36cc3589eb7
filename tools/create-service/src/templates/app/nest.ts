import { toJson, use, type TemplateFile } from '../source.ts';
import type { ApplicationRequest, ApplicationTemplate } from './application-request.ts';

/** A NestJS back end on Fastify, built with the workspace: port 3000, /health/live and /health/ready. */
export const nestTemplate: ApplicationTemplate = { description: 'nest', isProject: true, render };

function render({ name }: ApplicationRequest): TemplateFile[] {
  return [
    { path: 'package.json', content: renderPackageJson(name.kebab) },
    { path: 'tsconfig.json', content: renderTsconfig() },
    {
      path: 'README.md',
      content: `# ${name.kebab}\n\nA NestJS back end. Health: \`/health/live\`, \`/health/ready\`.\n`,
    },
    { path: 'src/main.ts', content: renderMain() },
    { path: 'src/app.module.ts', content: renderModule() },
    { path: 'src/create-app.ts', content: renderCreateApp() },
    { path: 'src/health/health.controller.ts', content: renderController() },
    { path: 'src/health/health.controller.test.ts', content: renderTest() },
  ];
}

function renderPackageJson(name: string): string {
  return toJson({
    name: `@plinth/${name}`,
    version: '0.1.0',
    private: true,
    license: 'Apache-2.0',
    type: 'module',
    main: './dist/src/main.js',
    scripts: { build: 'tsc -b', start: 'node dist/src/main.js' },
    dependencies: {
      '@nestjs/common': '12.5.1',
      '@nestjs/core': '12.5.1',
      '@nestjs/platform-fastify': '12.5.0',
      'reflect-metadata': '0.2.2',
      rxjs: '7.8.2',
    },
  });
}

function renderTsconfig(): string {
  return toJson({
    extends: '../../tsconfig.base.json',
    compilerOptions: { rootDir: '.', outDir: 'dist', tsBuildInfoFile: 'dist/.tsbuildinfo' },
    include: ['src/**/*.ts'],
  });
}

function renderMain(): string {
  return `${use('createApp', './create-app.ts')}

const app = await createApp();
app.enableShutdownHooks();
await app.listen({ port: Number(process.${'env'}['PORT'] ?? 3000), host: '0.0.0.0' });
`;
}

function renderModule(): string {
  return `${use('Module', '@nestjs/common')}
${use('HealthController', './health/health.controller.ts')}

@Module({ controllers: [HealthController] })
export class AppModule {}
`;
}

function renderCreateApp(): string {
  return `${'import'} 'reflect-metadata';
${use('NestFactory', '@nestjs/core')}
${use('FastifyAdapter, type NestFastifyApplication', '@nestjs/platform-fastify')}
${use('AppModule', './app.module.ts')}

/** The application, not listening yet. */
export function createApp(): Promise<NestFastifyApplication> {
  return NestFactory.create<NestFastifyApplication>(AppModule, new FastifyAdapter(), { logger: ['error', 'warn'] });
}
`;
}

function renderController(): string {
  return `${use('Controller, Get', '@nestjs/common')}

/** What the container is asked: whether it runs, and whether it may get requests. */
@Controller('health')
export class HealthController {
  @Get('live')
  live(): { status: string } {
    return { status: 'ok' };
  }

  @Get('ready')
  ready(): { status: string } {
    return { status: 'ok' };
  }
}
`;
}

function renderTest(): string {
  return `${use('afterAll, beforeAll, expect, test', 'vitest')}
${use('createApp', '../create-app.ts')}

let app: Awaited<ReturnType<typeof createApp>>;
beforeAll(async () => {
  app = await createApp();
  await app.init();
});
afterAll(() => app.close());

test.each(['/health/live', '/health/ready'])('answers %s', async (url) => {
  const response = await app.inject({ method: 'GET', url });
  expect({ status: response.statusCode, body: response.json() }).toEqual({ status: 200, body: { status: 'ok' } });
});
`;
}
