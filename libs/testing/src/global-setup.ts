import type { TestProject } from 'vitest/node';
import { startTestServer, type TestServer } from './test-server.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    postgresUrl: string;
  }
}

// Vitest runs this once for each project that names it; they share one server.
const shared = globalThis as { plinthTestServer?: { server: Promise<TestServer>; users: number } };

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const entry = (shared.plinthTestServer ??= { server: startTestServer(), users: 0 });
  entry.users += 1;
  project.provide('postgresUrl', (await entry.server).url);
  return async () => {
    entry.users -= 1;
    if (entry.users > 0) return;
    delete shared.plinthTestServer;
    await (await entry.server).stop();
  };
}
