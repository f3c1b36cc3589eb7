import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, cp, mkdir, mkdtemp, readFile, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const repository = fileURLToPath(new URL('../../../', import.meta.url));
const run = promisify(execFile);

/** A copy of the work tree as a commit of now would have it, with its packages installed, for what changes it. */
export class RepositoryCopy {
  readonly folder: string;
  readonly #environment: NodeJS.ProcessEnv;
  readonly #children: ChildProcess[] = [];
  private constructor(folder: string, environment: NodeJS.ProcessEnv) {
    this.folder = folder;
    // Nothing of the test run around it, and nothing of the platform's own variables.
    const foreign = /^(PLINTH|IAM|DATABASE|NODE(?!_EXTRA_CA_CERTS)|VITEST|TEST)(_|$)/;
    this.#environment = Object.fromEntries(Object.entries(environment).filter(([name]) => !foreign.test(name)));
  }

  /** `environment`: what the commands in the copy get of it is what does not concern the platform or the test run. */
  static async create(environment: NodeJS.ProcessEnv): Promise<RepositoryCopy> {
    const folder = await realpath(await mkdtemp(join(tmpdir(), 'plinth-create-')));
    // PostgreSQL runs as an account of its own where the tests run as root.
    await chmod(folder, 0o755);
    const words = ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--deduplicate'];
    const { stdout } = await run('git', words, { cwd: repository, maxBuffer: 64 * 1024 * 1024 });
    for (const path of stdout.split('\0').filter(Boolean)) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      // A deleted file is listed until its deletion is committed.
      await cp(join(repository, path), join(folder, path), { preserveTimestamps: true }).catch(ignoreMissing);
    }
    const copy = new RepositoryCopy(folder, environment);
    await copy.install();
    return copy;
  }

  /** What the first command after a change does, from what this machine has already: nothing is fetched or resolved. */
  async install(): Promise<void> {
    const switches = ['--offline', '--frozen-lockfile', '--trust-lockfile', '--config.confirmModulesPurge=false'];
    await this.pnpm('install', ...switches);
  }

  /** Brings along what is built of the work tree: the compiler then builds only what changed since. */
  async takeBuild(): Promise<void> {
    const { references } = JSON.parse(await readFile(join(repository, 'tsconfig.json'), 'utf8')) as {
      readonly references: readonly { readonly path: string }[];
    };
    const options = { recursive: true, preserveTimestamps: true };
    for (const { path } of references)
      await cp(join(repository, path, 'dist'), join(this.folder, path, 'dist'), options).catch(ignoreMissing);
  }

  /** Runs the package manager of the repository; resolves to its stdout, rejects with all its output. */
  pnpm(...words: string[]): Promise<string> {
    return this.#run('npx', ['--yes', 'pnpm@12.21.0', ...words]);
  }

  /** Runs a script on the Node.js of the repository; resolves to its stdout, rejects with all its output. */
  node(...words: string[]): Promise<string> {
    return this.#run(process.execPath, words);
  }

  /** Runs `plinth` of this repository in the copy. */
  async plinth(...words: string[]): Promise<unknown> {
    const command = join(repository, 'apps/cli/dist/src/main.js');
    return JSON.parse(await this.node(command, ...words, '--json')) as unknown;
  }

  /** Starts the platform as the copy was built; resolves to its address. */
  async start(): Promise<string> {
    const command = join(this.folder, 'apps/cli/dist/src/main.js');
    const words = [command, 'up', '--port', '0', '--data', join(this.folder, '.plinth'), '--json'];
    const child = spawn(process.execPath, words, { cwd: this.folder, env: this.#environment, stdio: 'pipe' });
    this.#children.push(child);
    let errors = '';
    child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
    const line = await Promise.race([
      new Promise<string>((resolve) => {
        let text = '';
        child.stdout.on('data', (chunk: Buffer) => {
          text += chunk.toString();
          if (text.includes('\n')) resolve(text);
        });
      }),
      once(child, 'close').then(() => {
        throw new Error(`plinth up ended:\n${errors}`);
      }),
    ]);
    return `http://127.0.0.1:${(JSON.parse(line) as { port: number }).port}`;
  }

  #run(command: string, words: readonly string[]): Promise<string> {
    const options = { cwd: this.folder, env: this.#environment, maxBuffer: 64 * 1024 * 1024 };
    return run(command, words, options).then(
      ({ stdout }) => stdout,
      (error: { message: string; stdout: string; stderr: string }) => {
        throw new Error(`${error.message}\n${error.stdout}\n${error.stderr}`, { cause: error });
      },
    );
  }

  async remove(): Promise<void> {
    for (const child of this.#children) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      const closed = once(child, 'close');
      child.kill('SIGTERM');
      await closed;
    }
    await rm(this.folder, { recursive: true, force: true, maxRetries: 20 });
  }
}

function ignoreMissing(error: unknown): void {
  if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
}
