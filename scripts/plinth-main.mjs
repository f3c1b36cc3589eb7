import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { bootstrap, runMain } from './bootstrap.mjs';
import { BootstrapError, cacheFolder, root } from './paths.mjs';
import { becomeNode } from './run-node.mjs';

const cli = join(root, 'apps', 'cli', 'dist', 'src', 'main.js');

await runMain(async () => {
  await bootstrap();
  if (!existsSync(cli)) throw new BootstrapError(`${cli} is missing: the build did not produce the command.`);
  const cache = process.env.NODE_COMPILE_CACHE ?? join(cacheFolder, 'node-compile');
  await becomeNode([cli, ...process.argv.slice(2)], { NODE_COMPILE_CACHE: cache });
});
